import { expect, test } from "vitest";
import { newUser, writeArticle } from "@/lib/testing/people";
import { leadsTo, PlainBrowser } from "@/lib/testing/plain-browser";

test("a page after the last one of a private list redirects to the last one", async () => {
  const author = await newUser();
  const browser = new PlainBrowser();
  await browser.signIn(author);
  for (let number = 1; number <= 21; number += 1) await writeArticle(author);
  for (const [path, target] of [
    ["/articles?page=3", "/articles?page=2"],
    ["/articles?page=2&show=drafts&search=margins", null],
    ["/articles?page=3&show=drafts&search=margins", "/articles?show=drafts&search=margins&page=2"],
    ["/articles?page=2&show=published", "/articles?show=published"],
    ["/me/sessions?page=2", "/me/sessions"],
    ["/bookmarks?page=2", "/bookmarks"], // part: bookmarks
  ] as const) {
    const response = await browser.get(path);
    expect(response.status, path).toBe(target ? 307 : 200);
    if (target) expect(leadsTo(response), path).toBe(target);
  }
});
