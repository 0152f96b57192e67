import { expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { createArticle } from "./create-article";

test("an author whose account is deleted meanwhile gets an invalid token error, and no article is stored", async () => {
  const author = { id: crypto.randomUUID(), name: "Gone", image: null };
  const article = {
    title: `By ${author.id}`,
    content: "Words.",
    excerpt: null,
    coverImage: null,
    coverAlt: null,
    category: null,
    isPublished: false,
    publishedAt: null,
    tags: [],
  };
  await expect(createArticle(article, author, { userId: author.id, isAdmin: false })).rejects.toMatchObject({
    code: "auth/invalid-token",
    status: 401,
  });
  expect(await db.article.count({ where: { title: article.title } })).toBe(0);
});
