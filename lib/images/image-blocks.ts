import { crc32, deflateSync, inflateSync } from "node:zlib";
import type { ImageType } from "./image-types";

/** An image file, read block by block without decoding a pixel. */
export type ImageBlocks = {
  /** The file without every block that draws nothing: metadata, comments, thumbnails, unknown blocks, trailing bytes. */
  stripped: Buffer;
  /** Where the image ends; what follows is not part of it. */
  end: number;
  /** Of the whole canvas, before EXIF orientation. */
  width: number;
  height: number;
  frames: number;
  /** What a decoder holds in memory for one pixel. */
  bytesPerPixel: number;
};

/** A block is malformed. Never leaves this file. */
class Malformed extends Error {
  override name = "Malformed";
}

/**
 * Reads an image file block by block. Only blocks from a list are kept, so that metadata in a block that no library
 * reports is removed too.
 *
 * @returns null for a file whose blocks are malformed, incomplete, or have no dimensions.
 */
export function readImageBlocks(bytes: Buffer, type: ImageType): ImageBlocks | null {
  try {
    const blocks = readers[type](bytes);
    return blocks.width > 0 && blocks.height > 0 && blocks.frames > 0 ? blocks : null;
  } catch (error) {
    // Reading past the end of a buffer is a RangeError.
    if (error instanceof Malformed || error instanceof RangeError) return null;
    throw error;
  }
}

const readers: Record<ImageType, (bytes: Buffer) => ImageBlocks> = {
  "image/jpeg": readJpeg,
  "image/png": readPng,
  "image/gif": readGif,
  "image/webp": readWebp,
};

/** @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf annex B */
function readJpeg(bytes: Buffer): ImageBlocks {
  const kept: Buffer[] = [slice(bytes, 0, 2)];
  let frame: Pick<ImageBlocks, "width" | "height" | "bytesPerPixel"> | undefined;
  let hasScan = false;
  let at = 2;
  for (;;) {
    if (bytes.readUInt8(at) !== 0xff) throw new Malformed();
    // Any number of 0xff may fill the space before a marker.
    while (bytes.readUInt8(at + 1) === 0xff) at += 1;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xd9) {
      if (!frame || !hasScan) throw new Malformed();
      kept.push(slice(bytes, at, at + 2));
      return { stripped: Buffer.concat(kept), end: at + 2, frames: 1, ...frame };
    }

    const end = at + 2 + bytes.readUInt16BE(at + 2);
    const segment = slice(bytes, at, end);
    if (segment.length < 4) throw new Malformed();
    if (isStartOfFrame(marker)) {
      if (frame) throw new Malformed();
      frame = readJpegFrame(segment, marker);
    }
    const drawing = drawingPartOf(segment, marker);
    if (drawing) kept.push(drawing);
    at = end;
    if (marker === 0xda) {
      hasScan = true;
      at = endOfScan(bytes, end);
      kept.push(slice(bytes, end, at));
    }
  }
}

/** @returns what is kept of a JPEG segment, if it draws anything. */
function drawingPartOf(segment: Buffer, marker: number): Buffer | undefined {
  const startsWith = (name: string) => segment.toString("latin1", 4, 4 + name.length) === name;
  // Huffman and arithmetic tables, quantisation tables, restart interval, scan.
  if (isStartOfFrame(marker) || [0xc4, 0xcc, 0xdb, 0xdd, 0xda].includes(marker)) return segment;
  if (marker === 0xe2 && startsWith("ICC_PROFILE\0")) return segment;
  // JFIF: the pixel density, without the thumbnail, which may show what was cropped away.
  if (marker === 0xe0 && startsWith("JFIF\0") && segment.length >= 18) return fixedSegment(segment, 18, 16);
  // Adobe: the colour transform.
  if (marker === 0xee && startsWith("Adobe") && segment.length >= 16) return fixedSegment(segment, 16, 16);
  return undefined;
}

/** Cuts a segment to the length that its standard gives it, and clears what is behind `used`. */
function fixedSegment(segment: Buffer, length: number, used: number): Buffer {
  const fixed = Buffer.alloc(length);
  segment.copy(fixed, 0, 0, used);
  fixed.writeUInt16BE(length - 2, 2);
  return fixed;
}

function isStartOfFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readJpegFrame(
  segment: Buffer,
  marker: number,
): Pick<ImageBlocks, "width" | "height" | "bytesPerPixel"> {
  const components = segment.readUInt8(9);
  const factors = Array.from({ length: components }, (_, index) => {
    const factor = segment.readUInt8(11 + 3 * index);
    return { horizontal: factor >> 4, vertical: factor & 15 };
  });
  const samples = factors.reduce((sum, { horizontal, vertical }) => sum + horizontal * vertical, 0);
  const largest =
    Math.max(1, ...factors.map(({ horizontal }) => horizontal)) *
    Math.max(1, ...factors.map(({ vertical }) => vertical));
  // A progressive image is decoded from coefficients of two bytes that are all held at once.
  const isProgressive = ![0xc0, 0xc1, 0xc9].includes(marker);
  return {
    height: segment.readUInt16BE(5),
    width: segment.readUInt16BE(7),
    bytesPerPixel: Math.max(components, isProgressive ? (2 * samples) / largest : 0),
  };
}

/** The compressed data of a scan ends at the next marker that is neither a stuffed byte nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 2)) {
    while (bytes.readUInt8(at + 1) === 0xff) at += 1;
    const next = bytes.readUInt8(at + 1);
    if (next !== 0 && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new Malformed();
}

/** The chunks of a PNG that draw, with their lengths where the standard fixes them. */
const pngChunks: Record<string, { length?: number; isRepeated?: true }> = {
  IHDR: { length: 13 },
  PLTE: {},
  tRNS: {},
  IDAT: { isRepeated: true },
  IEND: { length: 0 },
  gAMA: { length: 4 },
  cHRM: { length: 32 },
  sRGB: { length: 1 },
  iCCP: {},
  cICP: { length: 4 },
  mDCV: { length: 24 },
  cLLI: { length: 8 },
  pHYs: { length: 9 },
  acTL: { length: 8 },
  fcTL: { length: 26, isRepeated: true },
  fdAT: { isRepeated: true },
};

/** @see https://www.w3.org/TR/png-3/ */
function readPng(bytes: Buffer): ImageBlocks {
  const kept: Buffer[] = [slice(bytes, 0, 8)];
  const seen = new Map<string, number>();
  let at = 8;
  for (;;) {
    const end = at + 12 + bytes.readUInt32BE(at);
    const chunk = slice(bytes, at, end);
    const name = chunk.toString("latin1", 4, 8);
    if (at === 8 && name !== "IHDR") throw new Malformed();
    const known = Object.hasOwn(pngChunks, name) ? pngChunks[name] : undefined;
    const count = seen.get(name) ?? 0;
    if (
      known &&
      (known.isRepeated || count === 0) &&
      chunk.length - 12 === (known.length ?? chunk.length - 12)
    ) {
      const drawing = name === "iCCP" ? plainProfile(chunk) : chunk;
      if (drawing) kept.push(drawing);
      seen.set(name, count + 1);
    }
    at = end;
    if (name === "IEND") break;
  }

  const [depth, colourType] = [bytes.readUInt8(24), bytes.readUInt8(25)];
  const palette = (seen.get("PLTE") ?? 0) > 0;
  if (!seen.has("IEND") || !seen.has("IDAT") || (colourType === 3 && !palette)) throw new Malformed();
  return {
    stripped: Buffer.concat(kept),
    end: at,
    width: bytes.readUInt32BE(16),
    height: bytes.readUInt32BE(20),
    frames: Math.max(1, seen.has("acTL") ? (seen.get("fcTL") ?? 1) : 1),
    // Grey, grey with alpha, true colour with alpha; a palette may be transparent.
    bytesPerPixel: ({ 0: 1, 2: 3, 4: 2 }[colourType] ?? 4) * Math.ceil(depth / 8),
  };
}

/** No colour profile is larger; what unfolds to more is not one. */
const maxProfileBytes = 4 * 1024 * 1024;

/** @returns a chunk with the same colour profile, without its name and what is behind it; undefined for an invalid one. */
function plainProfile(chunk: Buffer): Buffer | undefined {
  const data = chunk.subarray(8, -4);
  const nameEnd = data.indexOf(0);
  if (nameEnd < 1 || nameEnd > 79) return undefined;
  if (data.toString("latin1", 0, nameEnd) === profileName) return chunk;
  try {
    const profile = inflateSync(data.subarray(nameEnd + 2), { maxOutputLength: maxProfileBytes });
    return pngChunk("iCCP", Buffer.concat([Buffer.from(`${profileName}\0\0`), deflateSync(profile)]));
  } catch {
    return undefined;
  }
}

/** As libvips calls them. */
const profileName = "icc";

function pngChunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}

/** @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function readGif(bytes: Buffer): ImageBlocks {
  let at = 13 + colourTableLength(bytes.readUInt8(10));
  const kept: Buffer[] = [slice(bytes, 0, at)];
  let [width, height, frames] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8), 0];
  /** Delay and transparency of the next image. */
  let control: Buffer | undefined;
  let hasLoop = false;
  for (;;) {
    const introducer = bytes.readUInt8(at);
    if (introducer === 0x3b) {
      kept.push(slice(bytes, at, at + 1));
      return { stripped: Buffer.concat(kept), end: at + 1, width, height, frames, bytesPerPixel: 4 };
    }
    if (introducer === 0x2c) {
      const data = at + 11 + colourTableLength(bytes.readUInt8(at + 9));
      const end = endOfSubBlocks(bytes, data);
      if (control) kept.push(control);
      kept.push(slice(bytes, at, end));
      control = undefined;
      width = Math.max(width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5));
      height = Math.max(height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7));
      frames += 1;
      at = end;
    } else if (introducer === 0x21) {
      const end = endOfSubBlocks(bytes, at + 2);
      const extension = slice(bytes, at, end);
      const label = extension.readUInt8(1);
      if (label === 0xf9 && extension.length === 8) control = extension;
      // Text that browsers do not draw: what was said of its delay goes with it.
      if (label === 0x01) control = undefined;
      const loop: Buffer | undefined = label === 0xff && !hasLoop ? loopOf(extension) : undefined;
      if (loop) kept.push(loop);
      hasLoop ||= loop !== undefined;
      at = end;
    } else {
      throw new Malformed();
    }
  }
}

/** The length of a colour table, by the byte that announces it. */
function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function endOfSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes.readUInt8(at); length !== 0; length = bytes.readUInt8(at)) at += 1 + length;
  return at + 1;
}

/** @returns the extension that says how often an animation repeats, and nothing else of it. */
function loopOf(extension: Buffer): Buffer | undefined {
  const name = extension.toString("latin1", 3, 14);
  const isLoop = name === "NETSCAPE2.0" || name === "ANIMEXTS1.0";
  if (!isLoop || extension.length < 19 || extension[14] !== 3 || extension[15] !== 1) return undefined;
  return Buffer.concat([extension.subarray(0, 18), Buffer.alloc(1)]);
}

type RiffChunk = { name: string; data: Buffer };

/** @see https://developers.google.com/speed/webp/docs/riff_container */
function readWebp(bytes: Buffer): ImageBlocks {
  const end = 8 + bytes.readUInt32LE(4);
  const chunks = riffChunks(slice(bytes, 12, end));
  const [first] = chunks;
  if (!first) throw new Malformed();
  const isExtended = first.name === "VP8X";
  const kept: RiffChunk[] = [];
  // A simple file is its first chunk.
  for (const chunk of isExtended ? chunks : [first]) {
    if (chunk.name !== "ANMF" && kept.some(({ name }) => name === chunk.name)) continue;
    const drawing = drawingChunkOf(chunk);
    if (drawing) kept.push(drawing);
  }
  const frames = kept.filter(({ name }) => name === "ANMF").length;
  if (frames === 0 && !kept.some(isBitstream)) throw new Malformed();
  const contents = Buffer.concat([Buffer.from("WEBP"), ...kept.map(toRiff)]);
  return {
    stripped: toRiff({ name: "RIFF", data: contents }),
    end,
    ...webpSize(first),
    frames: Math.max(1, frames),
    bytesPerPixel: 4,
  };
}

function riffChunks(bytes: Buffer): RiffChunk[] {
  const chunks: RiffChunk[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at + 4);
    chunks.push({ name: bytes.toString("latin1", at, at + 4), data: slice(bytes, at + 8, at + 8 + length) });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

function toRiff({ name, data }: RiffChunk): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

function isBitstream({ name }: RiffChunk): boolean {
  return name === "VP8 " || name === "VP8L";
}

/** @returns what is kept of a chunk, if it draws anything. */
function drawingChunkOf({ name, data }: RiffChunk): RiffChunk | undefined {
  switch (name) {
    case "VP8X": {
      const announced = Buffer.from(slice(data, 0, 10));
      // Colour profile, alpha and animation stay announced; EXIF and XMP are gone.
      announced.writeUInt32LE(announced.readUInt8(0) & 0b0011_0010, 0);
      return { name, data: announced };
    }
    case "ANIM":
      return { name, data: slice(data, 0, 6) };
    case "ANMF": {
      const parts = riffChunks(data.subarray(16)).filter((part) => part.name === "ALPH" || isBitstream(part));
      if (!parts.some(isBitstream)) throw new Malformed();
      return { name, data: Buffer.concat([slice(data, 0, 16), ...parts.map(toRiff)]) };
    }
    case "ICCP":
    case "ALPH":
    case "VP8 ":
    case "VP8L":
      return { name, data };
    default:
      return undefined;
  }
}

function webpSize({ name, data }: RiffChunk): Pick<ImageBlocks, "width" | "height"> {
  switch (name) {
    case "VP8X":
      return { width: 1 + data.readUIntLE(4, 3), height: 1 + data.readUIntLE(7, 3) };
    case "VP8 ":
      return { width: data.readUInt16LE(6) & 0x3fff, height: data.readUInt16LE(8) & 0x3fff };
    case "VP8L": {
      const bits = data.readUInt32LE(1);
      return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >> 14) & 0x3fff) };
    }
    default:
      throw new Malformed();
  }
}

/** @throws Malformed where a block is longer than the file. */
function slice(bytes: Buffer, from: number, to: number): Buffer {
  if (to > bytes.length) throw new Malformed();
  return bytes.subarray(from, to);
}
