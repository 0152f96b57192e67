import type { Route } from "next";
import type { ComponentProps } from "react";

/**
 * A link to a page of this site, which `RouterLinks` follows with the router; without JavaScript it is a plain link.
 * The `Link` of Next.js is a client component: a list of articles would hydrate sixty of them.
 */
export function Link<Path extends string>({
  href,
  ...props
}: Omit<ComponentProps<"a">, "href"> & { href: Route<Path> }) {
  return <a href={href} data-router="" {...props} />;
}
