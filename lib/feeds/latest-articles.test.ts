import type { Root } from "hast";
import { toString as textOf } from "hast-util-to-string";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { articleHtml } from "./article-html";
import { getLatestArticles } from "./latest-articles";

// The real parser, except for a text that cannot be rendered.
vi.mock("./article-html", async (importOriginal) => {
  const { articleHtml: write } = await importOriginal<typeof import("./article-html")>();
  const articleHtml = vi.fn((tree: Root, address: string) => {
    if (textOf(tree).trim() === "too deep") throw new RangeError("Maximum call stack size exceeded");
    return write(tree, address);
  });
  return { articleHtml };
});
vi.mock("@/lib/markdown/parse-markdown", { spy: true });

const createdIds: string[] = [];

afterEach(async () => {
  await db.article.deleteMany({ where: { id: { in: createdIds.splice(0) } } });
  vi.restoreAllMocks();
});

async function publish(content: string): Promise<string> {
  const { id } = await db.article.create({ data: { title: "Title", content, isPublished: true } });
  createdIds.push(id);
  return id;
}

test("an article that cannot be rendered is left out of the feed and logged", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const [good, bad] = [await publish("good"), await publish("too deep")];

  const ids = (await getLatestArticles()).map(({ id }) => id);

  expect(ids).toContain(good);
  expect(ids).not.toContain(bad);
  expect(logged).toHaveBeenCalledWith(expect.stringContaining(bad));
});

test.each([
  { beginning: "At first.", word: "word", summary: /^At first\. word word/, more: "Read the full article" },
  { beginning: "처음이에요.", word: "말", summary: /^처음이에요\. 말 말/, more: "글 전체 읽기" }, // part: korean
])(
  "a long article is in the feed as its beginning and a link: $more",
  async ({ beginning, word, summary, more }) => {
    const short = await publish("word ".repeat(1_900));
    const long = await publish(`${beginning}\n\n${`${word} `.repeat(20_000)}`);

    const feed = await getLatestArticles();

    expect(feed.find(({ id }) => id === short)?.html.length).toBeGreaterThan(9_000);
    const item = feed.find(({ id }) => id === long);
    expect(item?.html).toBe(`<p>${item?.summary}</p><p><a href="${item?.url}">${more}</a></p>`);
    expect(item?.summary).toMatch(summary);
  },
);

test("an article is parsed once per version", async () => {
  const id = await publish("before");
  await getLatestArticles();
  const parses = () =>
    vi.mocked(parseMarkdown).mock.calls.filter(([text]) => /before|after/.test(text)).length;
  const first = parses();
  await Promise.all([getLatestArticles(), getLatestArticles()]);
  expect(parses()).toBe(first);

  await db.article.update({ where: { id }, data: { content: "after" } });
  const item = (await getLatestArticles()).find((article) => article.id === id);
  expect(item?.html).toBe("<p>after</p>\n");
  expect(parses()).toBe(first + 1);
});

test("other work runs between two articles", async () => {
  for (let count = 0; count < 3; count += 1) await publish(`text ${count}`);
  const seen = new Set<number>();
  let isDone = false;
  const feed = getLatestArticles().then(() => {
    isDone = true;
  });
  while (!isDone) {
    seen.add(vi.mocked(articleHtml).mock.calls.length);
    await new Promise(setImmediate);
  }
  await feed;
  expect(seen.size).toBeGreaterThan(2);
});
