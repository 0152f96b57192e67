import type { Route } from "next";
import type { ComponentProps } from "react";

/**
 * A link to a page of this site. `RouterLinks` lets the router follow it; without a script it is what any link is. The
 * component of Next.js runs in the browser, once for each link: a list of articles would pay for sixty of them.
 */
export function Link<Path extends string>({
  href,
  ...props
}: Omit<ComponentProps<"a">, "href"> & { href: Route<Path> }) {
  return <a href={href} data-router="" {...props} />;
}
