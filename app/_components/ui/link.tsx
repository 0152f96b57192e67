import NextLink from "next/link";
import type { ComponentProps } from "react";

/**
 * A link to a page of this site. Each page is rendered for its request, so prefetching is of no use.
 */
export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink {...props} prefetch={false} />;
}
