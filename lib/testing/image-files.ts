import { deflateSync } from "node:zlib";
import { comment, pngChunk } from "./pictures";

/** A metadata marker that no stored image may contain. */
export const trace = "37.33N 126.58E Canary Camera";

const traceBytes = Buffer.from(trace);

/** Inserts a PNG chunk before the first chunk named `before`. */
export function withPngChunk(png: Buffer, name: string, data: Buffer, before = "IEND"): Buffer {
  const at = png.indexOf(before, 8, "latin1") - 4;
  return Buffer.concat([png.subarray(0, at), pngChunk(name, data), png.subarray(at)]);
}

/** PNG chunks with metadata only. */
export const pngTraces: [name: string, data: Buffer][] = [
  ["tEXt", Buffer.concat([Buffer.from("Comment\0"), traceBytes])],
  ["zTXt", Buffer.concat([Buffer.from("Comment\0\0"), deflateSync(traceBytes)])],
  ["iTXt", Buffer.concat([Buffer.from("XML:com.adobe.xmp\0\0\0\0\0"), traceBytes])],
  ["eXIf", Buffer.concat([Buffer.from("MM\0*\0\0\0\b\0\0\0\0\0\0", "latin1"), traceBytes])],
  ["tIME", Buffer.from([0x07, 0xe8, 1, 2, 3, 4, 5])],
  ["caNv", traceBytes],
  // Valid chunk names with longer content than the format allows.
  ["gAMA", Buffer.concat([Buffer.from([0, 0, 0xb1, 0x8f]), traceBytes])],
  ["sPLT", Buffer.concat([traceBytes, Buffer.from([0, 8])])],
];

/** Inserts a segment after the first two bytes of a JPEG. */
export function withJpegSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)]);
}

/** JPEG segments with metadata only. */
export const jpegTraces: [name: string, marker: number, data: Buffer][] = [
  ["a comment", 0xfe, traceBytes],
  [
    "a JFIF thumbnail",
    0xe0,
    Buffer.concat([Buffer.from("JFIF\0\x01\x02\x01\0H\0H\x05\x02", "latin1"), traceBytes]),
  ],
  ["a JFXX thumbnail", 0xe0, Buffer.concat([Buffer.from("JFXX\0\x10"), traceBytes])],
  ["EXIF", 0xe1, Buffer.concat([Buffer.from("Exif\0\0MM\0*\0\0\0\b\0\0\0\0\0\0", "latin1"), traceBytes])],
  ["XMP", 0xe1, Buffer.concat([Buffer.from("http://ns.adobe.com/xap/1.0/\0"), traceBytes])],
  ["FlashPix", 0xe2, Buffer.concat([Buffer.from("FPXR\0"), traceBytes])],
  ["IPTC", 0xed, Buffer.concat([Buffer.from("Photoshop 3.0\0"), traceBytes])],
  [
    "words behind Adobe's colour transform",
    0xee,
    Buffer.concat([Buffer.from("Adobe\0d\0\0\0\0\x01", "latin1"), traceBytes]),
  ],
  ["an unknown application segment", 0xe7, traceBytes],
];

/** A GIF application extension. */
function gifApplication(name: string, data: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([0x21, 0xff, 11]),
    Buffer.from(name, "latin1"),
    Buffer.from([data.length]),
    data,
    Buffer.from([0]),
  ]);
}

/** GIF extensions with metadata only. */
export const gifTraces: [name: string, extension: Buffer][] = [
  ["a comment", comment(trace)],
  ["XMP", gifApplication("XMP DataXMP", traceBytes)],
  ["an unknown application", gifApplication("CanaryCam10", traceBytes)],
  [
    "more behind the loop",
    gifApplication("NETSCAPE2.0", Buffer.concat([Buffer.from([1, 0, 0]), traceBytes])),
  ],
  [
    "plain text",
    Buffer.concat([
      Buffer.from([0x21, 0x01, 12, ...Array(12).fill(1), traceBytes.length]),
      traceBytes,
      Buffer.from([0]),
    ]),
  ],
];

/** Inserts an extension before the end of a GIF. */
export function withGifExtension(gif: Buffer, extension: Buffer): Buffer {
  return Buffer.concat([gif.subarray(0, -1), extension, gif.subarray(-1)]);
}

/** A chunk of a RIFF file, such as WebP. */
export function riffChunk(name: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, "latin1");
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
}

/** Appends a chunk to a WebP. */
export function withWebpChunk(webp: Buffer, name: string, data: Buffer): Buffer {
  return riffChunk("RIFF", Buffer.concat([webp.subarray(8), riffChunk(name, data)]));
}

/** WebP chunks with metadata only. */
export const webpTraces: [name: string, data: Buffer][] = [
  ["EXIF", traceBytes],
  ["XMP ", traceBytes],
  ["CNRY", traceBytes],
];

/** An animation that repeats one square WebP. */
export function animatedWebp(still: Buffer, side: number, frames: number): Buffer {
  const canvas = Buffer.alloc(10);
  canvas[0] = 0b10;
  canvas.writeUIntLE(side - 1, 4, 3);
  canvas.writeUIntLE(side - 1, 7, 3);
  const place = Buffer.alloc(16);
  place.writeUIntLE(side - 1, 6, 3);
  place.writeUIntLE(side - 1, 9, 3);
  place.writeUIntLE(100, 12, 3);
  const frame = riffChunk("ANMF", Buffer.concat([place, still.subarray(12)]));
  return riffChunk(
    "RIFF",
    Buffer.concat([
      Buffer.from("WEBP"),
      riffChunk("VP8X", canvas),
      riffChunk("ANIM", Buffer.alloc(6)),
      ...Array(frames).fill(frame),
    ]),
  );
}
