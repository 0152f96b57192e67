import { crc32, deflateSync, inflateSync } from "node:zlib";
import { type ImageBlocks, Malformed, slice } from "./blocks";

/** The chunks of a PNG that affect the pixels, with their lengths if the standard fixes them. */
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
export function readPng(bytes: Buffer): ImageBlocks {
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

/** No colour profile is larger; more decompressed bytes are a decompression bomb. */
const maxProfileBytes = 4 * 1024 * 1024;

/** @returns the chunk of a colour profile without its name and trailing bytes; undefined for an invalid one. */
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

/** The name that libvips uses. */
const profileName = "icc";

function pngChunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
