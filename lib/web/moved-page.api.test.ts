import { randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { expect, inject, test } from "vitest";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";
import { ownSegments } from "./moved-page";

const visit = (path: string) => fetch(inject("appUrl") + path, { redirect: "manual" });

async function articleAt(path: string, isPublished: boolean) {
  const { id: authorId } = await newUser();
  const id = randomUUID();
  await queryDatabase(
    `INSERT INTO "Article" (id, title, content, "isPublished", "createdBy", "updatedAt")
     VALUES ($1, 'Moved here', 'Text.', $2, $3, now())`,
    ...[id, isPublished, authorId],
  );
  await queryDatabase(`INSERT INTO "ArticleAlias" (path, "articleId") VALUES ($1, $2)`, path, id);
  return id;
}

test.each(["/2024/01/02/", "/articles/"])(
  "an old address below %s redirects permanently in any spelling and keeps its query",
  async (prefix) => {
    const slug = `글-${randomUUID().slice(0, 8)}`;
    const id = await articleAt(`${prefix}${slug}.html`, true);
    const response = await visit(`${prefix}${encodeURIComponent(slug)}.HTML?utm_source=old&page=2`);
    expect(response.status).toBe(308);
    const { pathname, search } = new URL(response.headers.get("location") ?? "", inject("appUrl"));
    expect(pathname + search).toBe(`/articles/moved-here-${id}?utm_source=old&page=2`);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  },
);

test("the old address of a draft does not exist, like any unknown address", async () => {
  const path = `/old/${randomUUID().slice(0, 8)}`;
  await articleAt(path, false);
  expect((await visit(path)).status).toBe(404);
  expect((await visit(`/nowhere/${randomUUID()}`)).status).toBe(404);
  expect((await visit("/articles/no-such-article")).status).toBe(404);
});

test("every top-level page of this site is in ownSegments", () => {
  const folders = [...readdirSync("app"), ...readdirSync("app/(auth)"), ...readdirSync("public")];
  const segments = folders.filter((name) => !/^[_(]|\.(tsx?|css)$/.test(name) && name !== "articles");
  expect(segments.filter((segment) => !ownSegments.has(segment))).toEqual([]);
});
