import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  gifTraces,
  jpegTraces,
  pngTraces,
  riffChunk,
  trace,
  webpTraces,
  withGifExtension,
  withJpegSegment,
  withPngChunk,
  withWebpChunk,
} from "@/lib/testing/image-files";
import { animation, picture } from "@/lib/testing/pictures";
import { readImageBlocks } from "./image-blocks";
import type { ImageType } from "./image-types";

function stripped(bytes: Buffer, type: ImageType): Buffer {
  const blocks = readImageBlocks(bytes, type);
  if (!blocks) throw new Error("The blocks are malformed.");
  return blocks.stripped;
}

/** Every pixel of every frame, with the delays and the loop count. */
async function drawn(bytes: Buffer) {
  const image = sharp(bytes, { animated: true });
  const { delay, loop, density } = await image.metadata();
  return { delay, loop, density, pixels: await image.raw().toBuffer() };
}

describe("an image stripped of its metadata", () => {
  test.each(pngTraces)("has no %s chunk of a PNG, before or after its pixels", async (name, data) => {
    const png = await picture("png");
    for (const before of ["IDAT", "IEND"]) {
      const result = stripped(withPngChunk(png, name, data, before), "image/png");
      expect(result.equals(png)).toBe(true);
    }
  });

  test.each(jpegTraces)("has no %s of a JPEG", async (_name, marker, data) => {
    const jpeg = await picture("jpeg");
    const result = stripped(withJpegSegment(jpeg, marker, data), "image/jpeg");
    expect(result.includes(trace)).toBe(false);
    expect(await drawn(result)).toEqual({ ...(await drawn(jpeg)), density: expect.anything() });
  });

  test("has no bytes after the end of a JPEG", async () => {
    const jpeg = await picture("jpeg");
    expect(stripped(Buffer.concat([jpeg, Buffer.from(trace)]), "image/jpeg").equals(jpeg)).toBe(true);
  });

  test.each(gifTraces)("has no %s of a GIF, animated or not", async (_name, extension) => {
    for (const gif of [await picture("gif"), await animation("gif")]) {
      expect(stripped(withGifExtension(gif, extension), "image/gif").equals(gif)).toBe(true);
    }
  });

  test.each(webpTraces)("has no %s chunk of a WebP, simple, extended or animated", async (name, data) => {
    const extended = await sharp({ create: { width: 8, height: 8, channels: 4, background: "#12345678" } })
      .webp()
      .withIccProfile("p3")
      .toBuffer();
    for (const webp of [await picture("webp"), extended, await animation("webp")]) {
      expect(stripped(withWebpChunk(webp, name, data), "image/webp").equals(webp)).toBe(true);
    }
  });

  test("has no unknown chunk inside a frame of an animated WebP", async () => {
    const webp = await animation("webp");
    const at = webp.indexOf("ANMF");
    const end = at + 8 + webp.readUInt32LE(at + 4);
    const frame = riffChunk(
      "ANMF",
      Buffer.concat([webp.subarray(at + 8, end), riffChunk("CNRY", Buffer.from(trace))]),
    );
    const marked = riffChunk("RIFF", Buffer.concat([webp.subarray(8, at), frame, webp.subarray(end)]));
    expect(marked.includes(trace)).toBe(true);
    expect(stripped(marked, "image/webp").equals(webp)).toBe(true);
  });

  test("has no EXIF or XMP flag in a WebP", async () => {
    const webp = await sharp(await picture("webp"))
      .withExif({ IFD0: { Make: trace } })
      .webp()
      .toBuffer();
    const result = stripped(webp, "image/webp");
    const at = result.indexOf("VP8X");
    expect((result[at + 8] ?? 0) & 0b1100).toBe(0);
    expect(result.includes("Canary")).toBe(false);
  });

  test.each(["png", "jpeg", "webp"] as const)("keeps the colour profile of a %s", async (type) => {
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background: "#123456" } });
    const bytes = await image.withIccProfile("p3").toFormat(type).toBuffer();
    const { icc } = await sharp(bytes).metadata();
    expect(icc?.length).toBeGreaterThan(0);
    const result = stripped(bytes, `image/${type}`);
    expect((await sharp(result).metadata()).icc).toEqual(icc);
  });

  test("keeps the density of a PNG and a JPEG", async () => {
    const png = await sharp(await picture("png"))
      .withMetadata({ density: 144 })
      .toBuffer();
    expect((await sharp(stripped(png, "image/png")).metadata()).density).toBe(144);
    const jfif = Buffer.from("JFIF\0\x01\x02\x01\0\x90\0\x90\0\0", "latin1");
    const jpeg = withJpegSegment(await picture("jpeg"), 0xe0, jfif);
    expect((await sharp(stripped(jpeg, "image/jpeg")).metadata()).density).toBe(144);
  });

  test.each(["gif", "webp"] as const)("keeps the frames, delays and loop of an animated %s", async (type) => {
    const bytes = await animation(type, { delay: [120, 340], loop: 3 });
    const result = stripped(bytes, `image/${type}`);
    expect(await drawn(result)).toEqual(await drawn(bytes));
    expect(await drawn(result)).toMatchObject({ delay: [120, 340], loop: 3 });
    expect(readImageBlocks(bytes, `image/${type}`)).toMatchObject({ width: 20, height: 10, frames: 2 });
  });

  test("keeps the transparent colour of a GIF and the palette of a PNG", async () => {
    const clear = sharp({ create: { width: 8, height: 8, channels: 4, background: "#00000000" } });
    const gif = await clear.clone().gif().toBuffer();
    expect(await drawn(stripped(gif, "image/gif"))).toEqual(await drawn(gif));
    const png = await clear.clone().png({ palette: true }).toBuffer();
    expect(await drawn(stripped(png, "image/png"))).toEqual(await drawn(png));
  });
});

describe("rejects malformed blocks:", () => {
  const cut = async (type: "jpeg" | "png" | "gif" | "webp") => (await picture(type)).subarray(0, -3);

  test.each<[string, ImageType, () => Promise<Buffer>]>([
    ["a JPEG without an end", "image/jpeg", () => cut("jpeg")],
    ["a PNG without an end", "image/png", () => cut("png")],
    ["a GIF without an end", "image/gif", () => cut("gif")],
    ["a WebP without an end", "image/webp", () => cut("webp")],
    [
      "a JPEG segment longer than the file",
      "image/jpeg",
      async () => withJpegSegment((await picture("jpeg")).subarray(0, 2), 0xfe, Buffer.alloc(0)),
    ],
    [
      "a JPEG segment whose length is zero",
      "image/jpeg",
      async () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 0]), await picture("jpeg")]),
    ],
    [
      "a PNG chunk longer than the file",
      "image/png",
      async () => {
        const png = Buffer.from(await picture("png"));
        png.writeUInt32BE(0xffff_ffff, png.indexOf("IDAT") - 4);
        return png;
      },
    ],
    [
      "a PNG that does not begin with its header",
      "image/png",
      async () => withPngChunk(await picture("png"), "tEXt", Buffer.from("a\0b"), "IHDR"),
    ],
    [
      "a GIF with an unknown block",
      "image/gif",
      async () => withGifExtension(await picture("gif"), Buffer.from([0x99])),
    ],
    ["a GIF without an image", "image/gif", async () => Buffer.from("GIF89a\x01\0\x01\0\0\0\0;", "latin1")],
    [
      "a WebP without an image",
      "image/webp",
      async () =>
        riffChunk("RIFF", Buffer.concat([Buffer.from("WEBP"), riffChunk("VP8X", Buffer.alloc(10))])),
    ],
    [
      "a WebP chunk longer than the file",
      "image/webp",
      async () => {
        const webp = Buffer.from(await picture("webp"));
        webp.writeUInt32LE(0xffff_ffff, 16);
        return webp;
      },
    ],
  ])("%s", async (_name, type, make) => {
    expect(readImageBlocks(await make(), type)).toBeNull();
  });

  test("a truncated file or a changed byte is read or rejected, and never hangs or throws", async () => {
    for (const type of ["jpeg", "png", "gif", "webp"] as const) {
      const bytes = type === "jpeg" || type === "png" ? await picture(type) : await animation(type);
      for (let at = 0; at < Math.min(bytes.length, 400); at += 1) {
        readImageBlocks(bytes.subarray(0, at), `image/${type}`);
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 0xff;
        readImageBlocks(changed, `image/${type}`);
      }
    }
  });
});
