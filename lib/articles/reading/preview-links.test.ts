import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import { findPreviewedArticle, issuePreviewLink } from "./preview-links";

afterEach(() => {
  vi.useRealTimers();
});

test("a preview link shows its article for exactly seven days", async () => {
  const { id } = await db.article.create({ data: { title: "Preview", content: "Words." } });
  const { url, expiresAt } = await issuePreviewLink(id, { userId: null, isAdmin: true });
  const token = new URL(url).pathname.replace("/preview/", "");

  vi.useFakeTimers({ toFake: ["Date"], now: expiresAt.getTime() - 1 });
  expect(await findPreviewedArticle(token)).toMatchObject({ id, isPublished: false });
  vi.setSystemTime(expiresAt);
  expect(await findPreviewedArticle(token)).toBeNull();
});
