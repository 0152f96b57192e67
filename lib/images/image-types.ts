/** The pictures that the blog takes, by their media types. SVG is not among them: it can carry scripts. */
export const imageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"] as const;

export type ImageType = (typeof imageTypes)[number];

/** The largest picture that may be sent, in bytes: 5 MiB. */
export const maxImageBytes = 5 * 1024 * 1024;

const typesByEnding = new Map<string, ImageType>([
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
]);

/** @returns what a file's name says that it is, if it is a picture that the blog takes. */
export function imageTypeOfName(name: string): ImageType | undefined {
  return typesByEnding.get(name.split(".").at(-1)?.toLowerCase() ?? "");
}

/** @returns whether a text is the media type of a picture that the blog takes. */
export function isImageType(text: string): text is ImageType {
  return imageTypes.some((type) => type === text);
}
