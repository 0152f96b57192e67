import type { ImageType } from "./image-types";

/** @returns what the first bytes say that a file is. */
export function imageTypeOfBytes(bytes: Buffer): ImageType | undefined {
  if (startsWith(bytes, "\xff\xd8\xff")) return "image/jpeg";
  if (startsWith(bytes, "\x89PNG\r\n\x1a\n")) return "image/png";
  if (startsWith(bytes, "GIF87a") || startsWith(bytes, "GIF89a")) return "image/gif";
  if (startsWith(bytes, "RIFF") && bytes.toString("latin1", 8, 12) === "WEBP") return "image/webp";
  return undefined;
}

/**
 * Tells a picture from a file that is a picture and something else besides: text that a browser or a server could
 * run, or data after the picture's end.
 *
 * @see https://developer.mozilla.org/docs/Web/Security/Practical_implementation_guides/MIME_types
 */
export function isMoreThanImage(bytes: Buffer, type: ImageType): boolean {
  if (codeMarks.test(bytes.toString("latin1"))) return true;
  switch (type) {
    case "image/gif":
      return continuesAsText(bytes) || endOfGif(bytes) !== bytes.length;
    case "image/png":
      return endOfPng(bytes) !== bytes.length;
    case "image/webp":
      return 8 + bytes.readUInt32LE(4) !== bytes.length;
    case "image/jpeg":
      // Telephones put a film or a second picture behind the first one.
      return false;
  }
}

/** Longer than what chance puts into compressed data. */
const codeMarks = /<script|<!doctype|<html[\s>]|<\?php|<svg[\s>]|<iframe|javascript:/i;

/**
 * `GIF89a` is a name in JavaScript, and the width behind it can be written with letters (`GIF89a=`, `GIF89a/*`).
 * A width under 2,304 has a byte that no script can have there.
 */
function continuesAsText(bytes: Buffer): boolean {
  return /^[\t-\r -~]{2}$/.test(bytes.toString("latin1", 6, 8));
}

/**
 * Walks through a GIF block by block.
 *
 * @returns where it ends; -1 where it does not.
 * @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
function endOfGif(bytes: Buffer): number {
  let at = 13 + tableLength(bytes[10]);
  for (;;) {
    const introducer = bytes[at];
    if (introducer === 0x3b) return at + 1;
    if (introducer === 0x21) at += 2;
    else if (introducer === 0x2c) at += 11 + tableLength(bytes[at + 9]);
    else return -1;

    for (let length = bytes[at]; length !== 0; length = bytes[at]) {
      if (length === undefined) return -1;
      at += 1 + length;
    }
    at += 1;
  }
}

/** The length of a colour table, by the byte that announces it. */
function tableLength(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/**
 * Walks through a PNG chunk by chunk.
 *
 * @returns where it ends; -1 where it does not.
 */
function endOfPng(bytes: Buffer): number {
  for (let at = 8; at + 12 <= bytes.length; ) {
    const name = bytes.toString("latin1", at + 4, at + 8);
    at += 12 + bytes.readUInt32BE(at);
    if (name === "IEND") return at;
  }
  return -1;
}

function startsWith(bytes: Buffer, text: string): boolean {
  return bytes.toString("latin1", 0, text.length) === text;
}
