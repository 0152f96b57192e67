import { type ImageBlocks, Malformed, slice } from "./blocks";

/** @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf annex B */
export function readJpeg(bytes: Buffer): ImageBlocks {
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

/** @returns the part of a JPEG segment that is kept, if it affects the pixels. */
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

/** Cuts a segment to its standard length, and clears the bytes after `used`. */
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
