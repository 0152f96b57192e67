/** The path at which the site receives and serves pictures. */
const storagePath = "/api/v1/storage/";

/**
 * The address of an image in our store, as the database keeps it and pages use it: a path, so that the site
 * and its store can move.
 */
export function imagePathOf(key: string): string {
  return `${storagePath}${key}`;
}

/** @returns whether the image at a URL is in our store; other servers would learn who loads their images. */
export function isStoredImage(address: string): boolean {
  return address.startsWith(storagePath);
}

/** @returns whether a text has the form of a key: others were never issued. */
export function isFileKey(text: string): boolean {
  return /^[0-9a-f]{32}$/.test(text);
}

/** @returns the key at the end of an address, if it may be that of a picture in our store. */
export function fileKeyIn(address: string): string | undefined {
  return address.split("/").filter(isFileKey).at(-1);
}
