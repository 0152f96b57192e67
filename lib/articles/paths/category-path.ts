/** @returns the path of the page of a category. */
export function categoryPath(category: string): `/categories/${string}` {
  return `/categories/${encodeURIComponent(category)}`;
}
