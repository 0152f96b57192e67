/**
 * The address of the page of a tag. Its slug alone: tags of several authors that are called the same lead to one
 * page.
 */
export function tagPath({ slug }: { slug: string }): `/tags/${string}` {
  return `/tags/${encodeURIComponent(slug)}`;
}
