import { type ImageBlocks, Malformed, slice } from "./blocks";

/** @see https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
export function readGif(bytes: Buffer): ImageBlocks {
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
      // Browsers do not draw plain text: its control extension is dropped with it.
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

/** The length of a colour table, by its flags byte. */
function colourTableLength(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function endOfSubBlocks(bytes: Buffer, from: number): number {
  let at = from;
  for (let length = bytes.readUInt8(at); length !== 0; length = bytes.readUInt8(at)) at += 1 + length;
  return at + 1;
}

/** @returns the extension with the loop count of an animation, reduced to the loop count. */
function loopOf(extension: Buffer): Buffer | undefined {
  const name = extension.toString("latin1", 3, 14);
  const isLoop = name === "NETSCAPE2.0" || name === "ANIMEXTS1.0";
  if (!isLoop || extension.length < 19 || extension[14] !== 3 || extension[15] !== 1) return undefined;
  return Buffer.concat([extension.subarray(0, 18), Buffer.alloc(1)]);
}
