/** The media types of pictures that the blog accepts. SVG is not among them: it can carry scripts. */
export const imageTypes = ["image/jpeg", "image/png", "image/gif", "image/webp"] as const;

export type ImageType = (typeof imageTypes)[number];

/** The maximum size of an upload in bytes: 5 MiB. */
export const maxImageBytes = 5 * 1024 * 1024;

const typesByEnding = new Map<string, ImageType>([
  ["jpg", "image/jpeg"],
  ["jpeg", "image/jpeg"],
  ["png", "image/png"],
  ["gif", "image/gif"],
  ["webp", "image/webp"],
]);

/** @returns the media type that the extension of a file name indicates, if the blog accepts it. */
export function imageTypeOfName(name: string): ImageType | undefined {
  return typesByEnding.get(name.split(".").at(-1)?.toLowerCase() ?? "");
}

/** @returns whether a text is the media type of a picture that the blog accepts. */
export function isImageType(text: string): text is ImageType {
  return imageTypes.some((type) => type === text);
}
