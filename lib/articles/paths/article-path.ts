import { slugOf } from "@/lib/core/slug";

/** The id of an article at the end of a path segment: alone, or after a slug. */
export const articleIdAtEnd = /(?<=^|-)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * The path of an article on this site: its title, for readers, and its id, which finds it even after the title has
 * changed.
 *
 * @returns a path such as `/articles/the-margin-01a1f953-ba5e-7626-9cdf-6eb9854e51f2`.
 */
export function articlePath({
  id,
  title = "",
}: {
  id: string;
  title?: string | undefined;
}): `/articles/${string}` {
  const slug = slugOf(title);
  return `/articles/${encodeURIComponent(slug ? `${slug}-${id}` : id)}`;
}

/**
 * Finds the id in the path of an article.
 *
 * @param segment the segment after `/articles/`: an id, or a slug and an id.
 */
export function articleIdOf(segment: string): string {
  return articleIdAtEnd.exec(segment)?.[0] ?? segment;
}
