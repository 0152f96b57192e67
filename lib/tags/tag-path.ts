/**
 * The path of a tag's page. It contains only the slug: tags of several authors with the same slug share one page.
 */
export function tagPath({ slug }: { slug: string }): `/tags/${string}` {
  return `/tags/${encodeURIComponent(slug)}`;
}
