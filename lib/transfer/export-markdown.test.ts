import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { serveFile } from "@/lib/files/serve-file";
import { markUserFilesUnused } from "@/lib/files/sweep-files";
import { writeUpload } from "@/lib/files/uploads/stored-files";
import { imagePathOf } from "@/lib/images/image-path";
import { maxImageBytes } from "@/lib/images/image-types";
import { heavyPicture } from "@/lib/testing/pictures";
import { exportMarkdown } from "./export-markdown";

const bytes = await heavyPicture(maxImageBytes + 1024 * 1024);
let folder: string;
let ownerId: string;
let key: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "blog-export-"));
  const email = `${crypto.randomUUID()}@example.com`;
  ownerId = (await db.user.create({ data: { email, name: "Author" } })).id;
  const image = { ownerId, kind: "file", visibility: "public", mimeType: "image/png" } as const;
  key = await writeUpload({ ...image, originalName: "hill.png" }, bytes);
  await db.file.update({ where: { key }, data: { registeredAt: new Date() } });
  const content = `![](${imagePathOf(key)}?width=640) ![](${imagePathOf(key)})`;
  const coverImage = `${imagePathOf(key)}?width=1280`;
  await db.article.create({
    data: { title: "Hill", content, coverImage, isPublished: true, createdBy: ownerId },
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test("exports an image at any of its addresses, even if it is larger than an upload may be", async () => {
  const results = await exportMarkdown({ folder, authorId: ownerId });
  expect(results).toMatchObject([{ outcome: "exported", notes: [] }]);
  const [name = ""] = await readdir(join(folder, "pictures"));
  expect((await readFile(join(folder, "pictures", name))).equals(bytes)).toBe(true);
  const text = await readFile(join(folder, results[0]?.file ?? ""), "utf8");
  expect(text.split(`../pictures/${name}`)).toHaveLength(4);
  expect(text).not.toContain(key);
});

test("a stored image that is larger than an upload may be is served in sizes", async () => {
  const response = await serveFile(key, { width: 640 }, new Request("https://example.com"));
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("image/webp");
  await response.body?.cancel();
});

test("the images of a published article stay when its author is deleted, even if their addresses have a query", async () => {
  await db.article.updateMany({ where: { createdBy: ownerId }, data: { content: "Text." } });
  await db.$transaction((tx) => markUserFilesUnused(ownerId, tx));
  expect(await db.file.findUnique({ where: { key } })).toMatchObject({ removedAt: null });
});
