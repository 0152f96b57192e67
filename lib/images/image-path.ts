/** The path at which the site receives and serves pictures. */
const storagePath = "/api/v1/storage/";

/**
 * The address of an image in our store, as it is stored and used in pages: a path, so that the site and its store can
 * move.
 */
export function imagePathOf(key: string): string {
  return `${storagePath}${key}`;
}

/** @returns whether the image at a URL is in our store; another server would learn who loads its images. */
export function isStoredImage(address: string): boolean {
  return address.startsWith(storagePath);
}

/**
 * @returns the path of an image in our store without a query or fragment, such as the `?width=640` of an address that was
 *   copied from a page; any other address unchanged.
 */
export function withoutQuery(address: string): string {
  return isStoredImage(address) ? address.replace(/[?#].*$/s, "") : address;
}

/** @returns whether a text has the format of a key. */
export function isFileKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** @returns the key at the end of an address, if it has one. */
export function fileKeyIn(address: string): string | undefined {
  return address.split("/").filter(isFileKey).at(-1);
}
