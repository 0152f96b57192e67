/** @returns the address of the page of a category. */
export function categoryPath(category: string): `/categories/${string}` {
  return `/categories/${encodeURIComponent(category)}`;
}
