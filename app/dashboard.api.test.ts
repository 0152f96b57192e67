import { expect, test } from "vitest";
import { withSecretKey } from "@/lib/testing/caller";
import { newUser, writeArticle } from "@/lib/testing/people";
import { PlainBrowser } from "@/lib/testing/plain-browser";

test("the dashboard counts scheduled articles separately from published ones and drafts", async () => {
  const author = await newUser();
  const browser = new PlainBrowser();
  await browser.signIn(author);
  expect(await browser.read("/")).not.toContain('href="/articles?show=scheduled"');
  const publishedAt = new Date(Date.now() + 24 * 3600 * 1000).toISOString();
  await writeArticle(author, { isPublished: true, publishedAt });
  await writeArticle(author, { isPublished: true });
  await writeArticle(author);
  const html = await browser.read("/");
  for (const number of ["1 published", "1 scheduled", "1 draft"]) expect(html).toContain(number);
  expect(html).toContain('href="/articles?show=scheduled"');
});

test("pages do not offer writing to the role guest", async () => {
  const reader = await newUser();
  const { id } = await writeArticle(reader);
  const browser = new PlainBrowser();
  await browser.signIn(reader);
  await withSecretKey().patch(`/v1/users/${reader.id}/role`, { role: "guest" });
  for (const path of ["/", "/me", "/articles"]) {
    const html = await browser.read(path);
    expect(html, path).not.toContain('href="/articles/new"');
    expect(html, path).not.toContain(`href="/articles/${id}/edit"`);
  }
  expect(await browser.read("/articles/new")).not.toContain('name="content"');
  for (const path of [`/articles/${id}/edit`, `/articles/${id}/delete`]) {
    expect((await browser.get(path)).status, path).toBe(404);
  }
});
