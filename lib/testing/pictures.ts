import { randomBytes } from "node:crypto";
import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

export type PictureOptions = { width?: number; height?: number; colour?: string };

/** A picture of one colour. */
export async function picture(
  type: "jpeg" | "png" | "gif" | "webp",
  { width = 80, height = 60, colour = "#b3301f" }: PictureOptions = {},
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(type)
    .toBuffer();
}

/** Two frames of 20 by 10 pixels: red, then blue. */
export async function animation(
  type: "gif" | "webp",
  { delay = [100, 100], loop = 0 }: { delay?: number[]; loop?: number } = {},
): Promise<Buffer> {
  const frames = await Promise.all(
    ["#ff0000", "#0000ff"].map((colour) => picture("png", { width: 20, height: 10, colour })),
  );
  return sharp(frames, { join: { animated: true } })
    .toFormat(type, { delay, loop })
    .toBuffer();
}

/** A photograph taken with a rotated camera, with its location and camera model in the metadata. */
export async function photograph(): Promise<Buffer> {
  return (
    sharp({ create: { width: 120, height: 60, channels: 3, background: "#1c1b19" } })
      .withExif({
        IFD0: { Make: "Canary Camera" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 0/1" },
      })
      // Rotate by 90 degrees clockwise to display.
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
  );
}

/** A photograph of a rotated camera, just within the size limit. Turned upright at a high quality, it exceeds it. */
export async function heavyPhotograph(): Promise<Buffer> {
  const [width, height, channels] = [3200, 2400, 3] as const;
  return sharp(randomBytes(width * height * channels), { raw: { width, height, channels } })
    .withMetadata({ orientation: 6 })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** A noisy picture that hardly compresses. @param bytes its approximate size. */
export async function heavyPicture(bytes: number): Promise<Buffer> {
  const side = Math.ceil(Math.sqrt(bytes / 3));
  return sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: "#000000",
      noise: { type: "gaussian", mean: 128, sigma: 60 },
    },
  })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

/** A PNG of one colour: a few kilobytes, regardless of its dimensions. */
export function vastPng(side: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  // Bit depth 1, greyscale.
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows, { level: 9 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A valid GIF that is also valid JavaScript: its signature and its width form the start of an assignment. */
export async function gifThatIsAScript(): Promise<Buffer> {
  const gif = await picture("gif", { width: 0x0a3d, height: 1 });
  return Buffer.concat([gif.subarray(0, -1), comment("';alert(1)//"), Buffer.from([0x3b])]);
}

/** The comment extension of a GIF. */
export function comment(text: string): Buffer {
  return Buffer.concat([
    Buffer.from([0x21, 0xfe, text.length]),
    Buffer.from(text, "latin1"),
    Buffer.from([0]),
  ]);
}

/** A chunk of a PNG. */
export function pngChunk(name: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  checksum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, checksum]);
}
