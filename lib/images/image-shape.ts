import type { ImageType } from "./image-types";

/** @returns the image type that the first bytes indicate. */
export function imageTypeOfBytes(bytes: Buffer): ImageType | undefined {
  if (startsWith(bytes, "\xff\xd8\xff")) return "image/jpeg";
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return "image/gif";
  if (startsWith(bytes, "RIFF") && bytes.toString("latin1", 8, 12) === "WEBP") return "image/webp";
  return undefined;
}

/**
 * Detects polyglots, files that are a picture and something else: code that a browser or a server could run, or data
 * after the end of the picture.
 *
 * @param end the offset at which the picture ends, by its own blocks.
 * @see https://developer.mozilla.org/docs/Web/Security/Practical_implementation_guides/MIME_types
 */
export function isMoreThanImage(bytes: Buffer, type: ImageType, end: number): boolean {
  if (codeMarks.test(bytes.toString("latin1"))) return true;
  if (type === "image/gif" && continuesAsText(bytes)) return true;
  // Phones append a video or a second picture to a JPEG. Registering the picture removes it.
  return type !== "image/jpeg" && end !== bytes.length;
}

/** Each mark is long enough not to occur by chance in compressed data. */
const codeMarks = /<script|<!doctype|<html[\s>]|<\?php|<svg[\s>]|<iframe|javascript:/i;

/**
 * `GIF89a` is an identifier in JavaScript, and the bytes of the width after it can be text (`GIF89a=`, `GIF89a/*`).
 * A width under 2,304 has a byte that no script can have there.
 */
function continuesAsText(bytes: Buffer): boolean {
  return /^[\t-\r -~]{2}$/.test(bytes.toString("latin1", 6, 8));
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString("latin1", 0, text.length) === text;
}
