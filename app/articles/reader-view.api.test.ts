import { beforeAll, describe, expect, test } from "vitest";
import { articlePath } from "@/lib/articles/paths/article-path";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";
import { PlainBrowser } from "@/lib/testing/plain-browser";

let author: Person;
let browser: PlainBrowser;

beforeAll(async () => {
  author = await newUser();
  browser = new PlainBrowser();
  await browser.signIn(author);
});

/** @returns the HTML of the article itself, without the actions around it. */
function articleIn(html: string): string {
  return /<div lang="[^"]*" class="in-column mt-8[\s\S]*?<\/article>/.exec(html)?.[0] ?? "";
}

describe("the reader's view", () => {
  test("shows authors their public article as a guest sees it, without the author's actions", async () => {
    const article = await writeArticle(author, { title: "Seen by all", isPublished: true });
    const path = articlePath(article);
    const own = await browser.read(path);
    expect(own).toContain(`href="${path}?view=reader"`);
    expect(own).toContain(`/articles/${article.id}/edit`);

    const asReader = await browser.read(`${path}?view=reader`);
    expect(asReader).toContain("This is what readers see.");
    for (const tool of ["edit", "delete"]) expect(asReader).not.toContain(`/articles/${article.id}/${tool}`);
    const guestView = await new PlainBrowser().read(`${path}?view=reader`);
    expect(articleIn(asReader)).not.toBe("");
    expect(articleIn(asReader)).toBe(articleIn(guestView));
    expect(guestView).not.toContain("This is what readers see.");
  });

  test("of a draft is its preview, which a guest can open with the same URL", async () => {
    const draft = await writeArticle(author, { title: "Not yet" });
    const html = await browser.read(articlePath(draft));
    const preview = /href="[^"]*(\/preview\/[^"]+)"/.exec(html)?.[1] ?? "";
    for (const reader of [browser, new PlainBrowser()]) {
      const shown = await reader.read(preview);
      expect(shown).toContain("Not yet");
      expect(shown).toContain("This is a preview.");
      expect(shown).not.toContain(`/articles/${draft.id}/edit`);
    }
    // The query parameter does not make a draft public.
    expect((await new PlainBrowser().get(`${articlePath(draft)}?view=reader`)).status).toBe(404);
  });
});
