import { readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { describe, expect, inject, test } from "vitest";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";
import { animation, heavyPhotograph, heavyPicture, picture } from "@/lib/testing/pictures";
import { errorOf, type FileAnswer, storeFile } from "@/lib/testing/uploads";
import { stores, useStore } from "@/lib/testing/use-store";

describe.each(stores)("an image on a %s, requested in a width,", (store) => {
  const { url, signedInUser } = useStore(store);
  const addressOf = ({ key }: FileAnswer) => `${url()}/api/v1/storage/${key}`;
  const shape = async (response: Response) => {
    const bytes = Buffer.from(await response.arrayBuffer());
    const { format, width, height, pages = 1 } = await sharp(bytes).metadata();
    return { bytes, format, width, height, pages };
  };

  test("is at most that wide, never enlarged, WebP, and cached like the original", async () => {
    const file = await storeFile(await signedInUser(), await noise(1000, 500), { visibility: "public" });
    for (const [asked, width] of [
      [320, 320],
      [640, 640],
      [960, 960],
      [1280, 1000],
      [1920, 1000],
    ] as const) {
      const response = await fetch(`${addressOf(file)}?width=${asked}`);
      expect(response.headers.get("content-type")).toBe("image/webp");
      expect(response.headers.get("cache-control")).toBe("public, max-age=86400");
      expect(response.headers.get("etag")).toBe(`"${file.key}-${asked}"`);
      expect(await shape(response)).toMatchObject({ format: "webp", width, height: width / 2 });
      const again = await fetch(`${addressOf(file)}?width=${asked}`, {
        headers: { "If-None-Match": `"${file.key}-${asked}"` },
      });
      expect(again.status).toBe(304);
    }
  });

  test("is the original if that is not larger in bytes, or is animated", async () => {
    const person = await signedInUser();
    const small = await picture("webp", { width: 400, height: 300 });
    const moving = await animation("gif");
    for (const [bytes, contentType] of [
      [small, "image/webp"],
      [moving, "image/gif"],
    ] as const) {
      const file = await storeFile(person, bytes, { contentType, visibility: "public" });
      for (const width of [960, 320]) {
        const response = await fetch(`${addressOf(file)}?width=${width}`);
        const shown = await shape(response);
        if (contentType === "image/webp" && width === 320) expect(shown.width).toBeLessThanOrEqual(400);
        else expect(shown.bytes.equals(bytes)).toBe(true);
        expect(response.headers.get("content-type")).toBe(contentType);
      }
    }
  });

  test("is served also if it would exceed the size limit when it is turned upright", async () => {
    const photograph = await heavyPhotograph();
    const options = { contentType: "image/jpeg", visibility: "public" };
    const file = await storeFile(await signedInUser(), photograph, options);
    expect(file.size).toBeLessThanOrEqual(5 * 1024 * 1024);
    const response = await fetch(`${addressOf(file)}?width=640`);
    expect(await shape(response)).toMatchObject({ format: "webp", width: 640, height: 853 });
  });

  test("is rejected in any other width", async () => {
    const file = await storeFile(await signedInUser(), await picture("png"), { visibility: "public" });
    for (const width of ["", "0", "-320", "321", "320px", "1e3", "3840", "NaN"]) {
      expect(await errorOf(await fetch(`${addressOf(file)}?width=${width}`))).toEqual({
        status: 400,
        code: "file/invalid-format",
      });
    }
  });

  test("needs its signature if it is private", async () => {
    const person = await signedInUser();
    const file = await storeFile(person, await noise(800, 400));
    expect(await errorOf(await fetch(`${addressOf(file)}?width=320`))).toEqual({
      status: 403,
      code: "file/access-denied",
    });
    const { body } = await person.api.post<{ url: string }>(`/v1/files/${file.id}/download-url`);
    const response = await fetch(`${body.url}&width=320`);
    expect(response.headers.get("cache-control")).toBe("private, no-store");
    expect(await shape(response)).toMatchObject({ format: "webp", width: 320 });
  });

  test("is deleted with the original", async () => {
    const person = await signedInUser();
    const file = await storeFile(person, await noise(800, 400), { visibility: "public" });
    expect((await fetch(`${addressOf(file)}?width=320`)).status).toBe(200);
    await person.api.delete(`/v1/files/${file.id}`);
    expect(await errorOf(await fetch(`${addressOf(file)}?width=320`))).toEqual({
      status: 404,
      code: "file/not-found",
    });
  });
});

describe("an image on a disk", () => {
  const filesOf = async (key: string) => {
    const names = await readdir(join(inject("dataDir"), "files", "files"));
    return names.filter((name) => name.startsWith(key)).sort();
  };

  test("is resized once for concurrent requests, and the result does not count toward the quota", async () => {
    const person = await newUser();
    const bytes = await sharp({ create: { width: 8000, height: 5000, channels: 3, background: "#345678" } })
      .jpeg()
      .toBuffer();
    const file = await storeFile(person, bytes, { contentType: "image/jpeg", visibility: "public" });
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => fetch(`${inject("appUrl")}/api/v1/storage/${file.key}?width=640`)),
    );
    const bodies = await Promise.all(answers.map(async (answer) => Buffer.from(await answer.arrayBuffer())));
    for (const body of bodies) expect(body.equals(bodies[0] ?? Buffer.alloc(0))).toBe(true);
    expect(await filesOf(file.key)).toEqual([file.key, `${file.key}-640`]);
    const [row] = await queryDatabase(`SELECT sizes, size FROM "File" WHERE key = $1`, file.key);
    expect(row).toEqual({ sizes: [640], size: file.size });
  });

  test("leaves nothing in the store when it is deleted, even while it is being resized", async () => {
    const person = await newUser();
    const file = await storeFile(person, await heavyPicture(4 * 1024 * 1024), { visibility: "public" });
    const address = `${inject("appUrl")}/api/v1/storage/${file.key}`;
    expect((await fetch(`${address}?width=320`)).status).toBe(200);
    const [shown] = await Promise.all([
      fetch(`${address}?width=640`),
      person.api.delete(`/v1/files/${file.id}`),
    ]);
    expect([200, 404]).toContain(shown.status);
    expect((await fetch(`${address}?width=320`)).status).toBe(404);
    await expect.poll(() => filesOf(file.key)).toEqual([]);
  });
});

/** A picture of noise, whose size in bytes shrinks with its width. */
async function noise(width: number, height: number): Promise<Buffer> {
  return sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#000000",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  })
    .png()
    .toBuffer();
}
