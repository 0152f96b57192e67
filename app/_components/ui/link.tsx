import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link to a page of this site. Every page is rendered for whoever asks, so there is nothing of it that could
 * usefully be fetched before it is asked for.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink {...props} prefetch={false} />;
}
