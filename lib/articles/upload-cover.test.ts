import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { db } from "@/lib/core/db";
import { picture } from "@/lib/testing/pictures";
import { uploadCover } from "./upload-cover";

// Authors whose address is not verified may not change what is published.
process.env.PUBLISHING = "confirmed";

async function newAuthor(): Promise<CurrentUser> {
  const user = await db.user.create({ data: { email: `${randomUUID()}@example.com`, name: "Minji" } });
  const session = { sessionId: randomUUID(), mfaEnabled: false, hasRecentAuthentication: true };
  return { ...user, ...session, emailVerified: false };
}

async function articleOf({ id: createdBy }: CurrentUser, isPublished: boolean): Promise<string> {
  const article = { title: "Title", content: "Text.", createdBy, isPublished, publishedAt: new Date() };
  return (await db.article.create({ data: article })).id;
}

const storedBytes = async ({ id: ownerId }: CurrentUser) =>
  (await db.file.aggregate({ where: { ownerId, removedAt: null }, _sum: { size: true } }))._sum.size ?? 0;

test("an uploaded cover counts toward the quota of the author, a refused one does not", async () => {
  const author = await newAuthor();
  const draft = await articleOf(author, false);
  const image = { filename: "cover.png", bytes: await picture("png") };
  await uploadCover(draft, image, author);
  const { coverImage } = await db.article.findUniqueOrThrow({ where: { id: draft } });
  expect(coverImage).toMatch(/^\/api\/v1\/storage\//);
  const before = await storedBytes(author);
  expect(before).toBeGreaterThan(0);

  await expect(uploadCover(await articleOf(author, true), image, author)).rejects.toMatchObject({
    code: "auth/email-not-verified",
  });
  expect(await storedBytes(author)).toBe(before);

  // Complete in its headers only, so it is stored before it is refused.
  const broken = { filename: "cover.png", bytes: image.bytes.subarray(0, -20) };
  await expect(uploadCover(draft, broken, author)).rejects.toMatchObject({ code: "file/invalid-format" });
  expect(await storedBytes(author)).toBe(before);
});
