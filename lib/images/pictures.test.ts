import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { animatedWebp } from "@/lib/testing/image-files";
import {
  animation,
  comment,
  gifThatIsAScript,
  heavyPhotograph,
  photograph,
  picture,
  vastPng,
} from "@/lib/testing/pictures";
import { imageTypeOfBytes, isMoreThanImage } from "./image-shape";
import { maxImageBytes } from "./image-types";
import { requirePicture, stripMetadata, toSquare } from "./pictures";

const account = "account";
const kinds = ["jpeg", "png", "gif", "webp"] as const;

/** The colour of one pixel. */
async function pixel(bytes: Buffer, left: number, top: number): Promise<number[]> {
  return [...(await sharp(bytes).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer())];
}

describe("a picture", () => {
  test.each(kinds)("of type %s is detected by its content", async (kind) => {
    const bytes = await picture(kind);
    expect(imageTypeOfBytes(bytes)).toBe(`image/${kind}`);
    expect(isMoreThanImage(bytes, `image/${kind}`, bytes.length)).toBe(false);
    expect(await requirePicture(bytes, `image/${kind}`, account)).toMatchObject({ width: 80, height: 60 });
  });

  test.each(["gif", "webp"] as const)("may be animated (%s), and stays animated", async (type) => {
    const bytes = await animation(type);
    const checked = await requirePicture(bytes, `image/${type}`, account);
    expect(checked).toMatchObject({ width: 20, height: 10 });
    expect(await stripMetadata(checked, account)).toBe(checked);
    expect(await sharp((await toSquare(checked, 512, account)).bytes).metadata()).toMatchObject({
      width: 10,
      height: 10,
    });
  });

  test("may contain a comment, as GIFs do", async () => {
    const gif = await picture("gif");
    const signed = Buffer.concat([gif.subarray(0, -1), comment("Made by hand"), Buffer.from([0x3b])]);
    expect(await requirePicture(signed, "image/gif", account)).toMatchObject({ type: "image/gif" });
  });

  test("that is rotated by EXIF is turned upright before it is cropped", async () => {
    const red = { create: { width: 40, height: 20, channels: 3 as const, background: "#ff0000" } };
    const blue = { create: { width: 20, height: 20, channels: 3 as const, background: "#0000ff" } };
    const rotated = await sharp(red)
      .composite([{ input: blue, left: 20, top: 0 }])
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    const checked = await requirePicture(rotated, "image/png", account);
    expect(checked).toMatchObject({ width: 20, height: 40 });
    const square = await toSquare(checked, 512, account);
    expect(square).toMatchObject({ type: "image/webp", width: 20, height: 20 });
    // The left side is now the top.
    const [top, bottom] = [await pixel(square.bytes, 10, 1), await pixel(square.bytes, 10, 18)];
    expect(top[0]).toBeGreaterThan(200);
    expect(bottom[2]).toBeGreaterThan(200);
  });
});

describe("rejects files that are not an image or not only an image:", () => {
  const afterwards = (bytes: Buffer, more: string) => Buffer.concat([bytes, Buffer.from(more)]);
  const inside = async (text: string) => {
    const gif = await picture("gif");
    return Buffer.concat([gif.subarray(0, -1), comment(text), Buffer.from([0x3b])]);
  };

  test.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ["a GIF that is a script", "image/gif", gifThatIsAScript],
    ["a GIF that contains HTML", "image/gif", () => inside("<html ><body>")],
    ["a GIF that contains a script", "image/gif", () => inside("<SCRIPT>alert(1)</SCRIPT>")],
    ["a GIF that contains PHP", "image/gif", () => inside("<?php echo 1;")],
    [
      "a GIF followed by a semicolon, which is also its trailer byte",
      "image/gif",
      async () => afterwards(await picture("gif"), "x;"),
    ],
    ["a GIF without an end", "image/gif", async () => (await picture("gif")).subarray(0, -1)],
    ["a PNG followed by other data", "image/png", async () => afterwards(await picture("png"), "PK")],
    ["a WebP followed by other data", "image/webp", async () => afterwards(await picture("webp"), "PK")],
    ["a JPEG followed by HTML", "image/jpeg", async () => afterwards(await picture("jpeg"), "<html >")],
    [
      "half a JPEG",
      "image/jpeg",
      async () => (await picture("jpeg", { width: 900, height: 900 })).subarray(0, 700),
    ],
    ["a truncated WebP", "image/webp", async () => (await picture("webp")).subarray(0, 20)],
    ["a JPEG declared as PNG", "image/png", () => picture("jpeg")],
    ["only a PNG signature", "image/png", () => Buffer.from("\x89PNG\r\n\x1a\n", "latin1")],
    ["a hundred million pixels", "image/png", () => vastPng(10_000)],
    [
      "a TIFF",
      "image/png",
      () =>
        sharp({ create: { width: 1, height: 1, channels: 3, background: "#000" } })
          .tiff()
          .toBuffer(),
    ],
  ])("%s", async (_name, type, make) => {
    await expect(requirePicture(await make(), type, account)).rejects.toMatchObject({
      code: "file/invalid-format",
    });
  });
});

test("counts the pixels of all frames, and reports too many", async () => {
  const side = 4000;
  const frame = await picture("webp", { width: side, height: side });
  const three = animatedWebp(frame, side, 3);
  expect((await sharp(three).metadata()).pages).toBe(3);
  expect(await requirePicture(frame, "image/webp", account)).toMatchObject({ width: side });
  await expect(requirePicture(three, "image/webp", account)).rejects.toMatchObject({
    code: "file/invalid-format",
    problems: [{ message: "tooManyPixels", parameters: { maximum: 40 } }],
  });
});

test("rejects a picture whose eight bytes per pixel exceed the memory limit", async () => {
  const deep = await sharp({ create: { width: 5000, height: 5000, channels: 4, background: "#0000" } })
    .toColourspace("rgb16")
    .png()
    .toBuffer();
  await expect(requirePicture(deep, "image/png", account)).rejects.toMatchObject({
    problems: [{ message: "tooManyPixels" }],
  });
});

test("turns an image rotated by EXIF upright before its EXIF is removed", async () => {
  const checked = await requirePicture(await photograph(), "image/jpeg", account);
  const upright = await stripMetadata(checked, account);
  expect(upright).toMatchObject({ width: 60, height: 120 });
  const { orientation, exif, width } = await sharp(upright.bytes).metadata();
  expect({ orientation, exif, width }).toEqual({ orientation: undefined, exif: undefined, width: 60 });
});

test("turns an image upright within the size limit", async () => {
  const heavy = await heavyPhotograph();
  const upright = await stripMetadata(await requirePicture(heavy, "image/jpeg", account), account);
  expect(upright).toMatchObject({ width: 2400, height: 3200 });
  expect(upright.bytes.length).toBeLessThanOrEqual(maxImageBytes);
  expect(upright.bytes.length).toBeGreaterThan(maxImageBytes / 2);
});

test("processes concurrent images one after another, and rejects too many", async () => {
  const bytes = await picture("png");
  const results = await Promise.allSettled(
    Array.from({ length: 80 }, () => requirePicture(bytes, "image/png", account)),
  );
  const rejected = results.filter((result) => result.status === "rejected");
  expect(rejected.length).toBe(30);
  for (const { reason } of rejected)
    expect(reason).toMatchObject({ code: "common/unavailable", status: 503 });
  expect(await requirePicture(bytes, "image/png", account)).toMatchObject({ width: 80 });
});
