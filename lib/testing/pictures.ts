import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

export type PictureOptions = { width?: number; height?: number; colour?: string };

/** A plain picture as a camera or a browser would make it. */
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

/** A photograph that was taken with the camera on its side, with its location and camera in the metadata. */
export async function photograph(): Promise<Buffer> {
  return (
    sharp({ create: { width: 120, height: 60, channels: 3, background: "#1c1b19" } })
      .withExif({
        IFD0: { Make: "Canary Camera" },
        IFD3: { GPSLatitudeRef: "N", GPSLatitude: "37/1 33/1 0/1" },
      })
      // To be turned to the right by a quarter.
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
  );
}

/** A picture with so much noise in it that it hardly gets smaller: about as many bytes as it was asked for. */
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
  // One bit a dot, grey.
  header[8] = 1;
  const rows = Buffer.alloc(side * (1 + Math.ceil(side / 8)));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(rows, { level: 9 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A GIF that a browser shows, and that a script engine runs: its name and its width begin an assignment. */
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
