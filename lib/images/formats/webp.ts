import { type ImageBlocks, Malformed, slice } from "./blocks";

type RiffChunk = { name: string; data: Buffer };

/** @see https://developers.google.com/speed/webp/docs/riff_container */
export function readWebp(bytes: Buffer): ImageBlocks {
  const end = 8 + bytes.readUInt32LE(4);
  const chunks = riffChunks(slice(bytes, 12, end));
  const [first] = chunks;
  if (!first) throw new Malformed();
  const isExtended = first.name === "VP8X";
  const kept: RiffChunk[] = [];
  // A simple file consists of its first chunk only.
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

/** @returns the part of a chunk that is kept, if it affects the pixels. */
function drawingChunkOf({ name, data }: RiffChunk): RiffChunk | undefined {
  switch (name) {
    case "VP8X": {
      const header = Buffer.from(slice(data, 0, 10));
      // The flags of colour profile, alpha and animation stay; those of EXIF and XMP are cleared.
      header.writeUInt32LE(header.readUInt8(0) & 0b0011_0010, 0);
      return { name, data: header };
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
