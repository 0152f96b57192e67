import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { writeFiles } from "@/lib/testing/blog-folder";
import { picture } from "@/lib/testing/pictures";
import { importBkend } from "./import-bkend";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "blog-bkend-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const times = { createdAt: "2025-01-02T03:04:05.678Z", updatedAt: "2025-02-03T04:05:06.789Z" };

function page(items: unknown[]): string {
  return JSON.stringify({ success: true, data: { items, pagination: { page: 1, total: items.length } } });
}

test("imports an export of bkend once, with its times, ids, tags, pictures and bookmarks", async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const { id: authorId } = await db.user.create({ data: { email, name: "Author" } });
  const [article, writer, reader] = [crypto.randomUUID(), "writer-1", "reader-1"];
  const address = "https://cdn.example.com/uploads/abc123/cat.png";
  await writeFiles(folder, {
    "files/cat.png": await picture("png"),
    "files_page1.json": page([
      { id: "f1", createdBy: writer, ...times, originalName: "cat.png", s3Key: "uploads/abc123/cat.png" },
      { id: "f2", createdBy: writer, ...times, originalName: "../../etc/passwd.png" },
    ]),
    "tags_page1.json": page([{ id: "t1", createdBy: writer, ...times, name: "Cats", slug: "cats" }]),
    "articles_page2.json": page([
      { id: "64b000000000000000000001", createdBy: writer, ...times, title: "Draft", content: "Later." },
      { id: "x", createdBy: writer, ...times, title: 5 },
    ]),
    "articles_page1.json": page([
      {
        ...{ id: article, createdBy: writer, ...times, title: "Cat", content: `![cat](${address})` },
        ...{ coverImage: address, category: "Pets", isPublished: true, tags: ["t1", "gone"] },
      },
    ]),
    "bookmarks_page1.json": page([
      { id: "b1", createdBy: writer, ...times, articleId: article },
      { id: "b2", createdBy: reader, ...times, articleId: article },
    ]),
    "articles_page3.json": "{",
  });

  await importBkend({ folder, authorId, isDryRun: true });
  expect(await db.article.count({ where: { createdBy: authorId } })).toBe(0);
  expect(await db.file.count({ where: { ownerId: authorId } })).toBe(0);

  const results = await importBkend({ folder, authorId });
  const refused = results
    .filter(({ outcome }) => outcome === "refused")
    .map(({ file, reason }) => [file, reason]);
  expect(refused).toEqual([
    ["files_page1.json#2", "../../etc/passwd.png is outside of the folder."],
    ["articles_page2.json#2", "These fields are not valid: title, content."],
    ["articles_page3.json", "It is not well-formed JSON."],
    ["bookmarks_page1.json#2", "It belongs to a user who wrote no article."],
  ]);
  const { content, coverImage, tags, ...kept } = await db.article.findUniqueOrThrow({
    where: { id: article },
  });
  expect(kept).toMatchObject({
    title: "Cat",
    category: "Pets",
    createdBy: authorId,
    createdAt: new Date(times.createdAt),
    updatedAt: new Date(times.updatedAt),
    publishedAt: new Date(times.createdAt),
  });
  expect(content).toBe(`![cat](${coverImage})`);
  expect(coverImage).toMatch(/^\/api\/v1\/storage\/[0-9a-f]{32}$/);
  expect(tags).toHaveLength(1);
  expect(await db.bookmark.count({ where: { createdBy: authorId, articleId: article } })).toBe(1);
  const file = await db.file.findFirstOrThrow({ where: { ownerId: authorId } });
  expect(file).toMatchObject({ originalName: "cat.png", createdAt: new Date(times.createdAt) });

  const again = await importBkend({ folder, authorId });
  expect(again.filter(({ outcome }) => outcome === "imported")).toEqual([]);
  expect(await db.article.count({ where: { createdBy: authorId } })).toBe(2);
  expect(await db.file.count({ where: { ownerId: authorId } })).toBe(1);
});
