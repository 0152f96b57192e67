import { expect, test } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/core/db";
import type { Article } from "./contract";
import { createArticle } from "./create-article";
import { updateArticle } from "./update-article";

test("changing an old version fails, names the editor of the latest version, and overwrites nothing", async () => {
  const author = await createActor("Author");
  const editor = await createActor("Editor", { isAdmin: true });
  const { id, updatedAt: seen } = await articleBy(author);
  const newer = await updateArticle(id, { title: "Theirs" }, editor);

  await expect(updateArticle(id, { title: "Mine" }, author, { unchangedSince: seen })).rejects.toMatchObject({
    code: "data/changed-meanwhile",
    status: 409,
    values: {
      changedAt: newer.updatedAt.toISOString(),
      changedBy: editor.userId,
      changedByName: "Editor",
    },
  });
  expect(await titleOf(id)).toBe("Theirs");
});

test("an author who has seen the latest version can replace it", async () => {
  const author = await createActor("Author");
  const { id } = await articleBy(author);
  const { updatedAt } = await updateArticle(id, { title: "Theirs" }, author);
  await updateArticle(id, { title: "Mine" }, author, { unchangedSince: updatedAt });
  expect(await titleOf(id)).toBe("Mine");
});

test("of concurrent changes to the same version, one is saved", async () => {
  const author = await createActor("Author");
  const { id, updatedAt } = await articleBy(author);
  const titles = Array.from({ length: 8 }, (_, number) => `Number ${number}`);
  const outcomes = await Promise.allSettled(
    titles.map((title) => updateArticle(id, { title }, author, { unchangedSince: updatedAt })),
  );
  const saved = outcomes.filter(({ status }) => status === "fulfilled");
  const rejected = outcomes.filter(({ status }) => status === "rejected");
  expect(saved).toHaveLength(1);
  expect(rejected).toEqual(
    rejected.map(() =>
      expect.objectContaining({ reason: expect.objectContaining({ code: "data/changed-meanwhile" }) }),
    ),
  );
  expect(await titleOf(id)).toBe(titles[outcomes.findIndex(({ status }) => status === "fulfilled")]);
});

test("no editor is named if a secret key changed the article", async () => {
  const author = await createActor("Author");
  const { id, updatedAt } = await articleBy(author);
  await updateArticle(id, { title: "By a program" }, { userId: null, isAdmin: true });
  await expect(
    updateArticle(id, { title: "Mine" }, author, { unchangedSince: updatedAt }),
  ).rejects.toMatchObject({ values: { changedBy: "", changedByName: "" } });
});

test.each([
  ["another user's published article", true, "data/permission-denied"],
  ["another user's draft", false, "data/not-found"],
])("the version of %s is not revealed to other users", async (_, isPublished, code) => {
  const author = await createActor("Author");
  const otherUser = await createActor("Stranger");
  const { id, updatedAt } = await articleBy(author, { isPublished });
  for (const unchangedSince of [updatedAt, new Date(0)]) {
    await expect(updateArticle(id, { title: "Mine" }, otherUser, { unchangedSince })).rejects.toMatchObject({
      code,
      values: {},
    });
  }
  expect(await titleOf(id)).toBe("First");
});

async function createActor(name: string, { isAdmin = false } = {}): Promise<Actor & { userId: string }> {
  const { id } = await db.user.create({ data: { name, email: `${crypto.randomUUID()}@example.com` } });
  return { userId: id, isAdmin };
}

function articleBy({ userId }: { userId: string }, fields: { isPublished?: boolean } = {}): Promise<Article> {
  return createArticle(
    {
      title: "First",
      content: "Words.",
      excerpt: null,
      coverImage: null,
      coverAlt: null,
      category: null,
      isPublished: false,
      publishedAt: null,
      tags: [],
      ...fields,
    },
    { id: userId, name: "Author", image: null },
    { userId, isAdmin: false },
  );
}

async function titleOf(id: string): Promise<string> {
  return (await db.article.findUniqueOrThrow({ where: { id } })).title;
}
