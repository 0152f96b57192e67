import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { searchArticles } from "./list-articles";

const mark = `q${crypto.randomUUID().slice(0, 8)}`;

const articles = [
  { title: "Old lamp", content: `Keepers of ${mark} write.`, day: 1 },
  { title: `The ${mark} lamp`, content: "Words.", day: 2 },
  { title: "New lamp", content: `Über ${mark}, https://example.com/${mark}/Path`, day: 3 },
  { title: "겨울바람", content: `${mark} 도시에서 산책했다.`, day: 4 },
  { title: "Draft lamp", content: mark, day: 5, isPublished: false },
  { title: "Later lamp", content: mark, day: 40_000 },
];

beforeAll(async () => {
  for (const { day, ...article } of articles) {
    const publishedAt = new Date(Date.UTC(2001, 0, day));
    await db.article.create({ data: { isPublished: true, ...article, publishedAt } });
  }
});

afterAll(async () => {
  await db.article.deleteMany({
    where: { OR: [{ content: { contains: mark } }, { title: { contains: mark } }] },
  });
});

async function find(search: string, page = 1, limit = 20): Promise<[string[], number]> {
  const { items, pagination } = await searchArticles({ search, page, limit });
  return [items.map(({ title }) => title), pagination.total];
}

test("a search lists title matches first, then the newest articles, and no drafts or scheduled articles", async () => {
  expect(await find(mark)).toEqual([[`The ${mark} lamp`, "겨울바람", "New lamp", "Old lamp"], 4]);
  expect(await find(mark, 2, 3)).toEqual([["Old lamp"], 4]);
});

test.each([
  ["the beginning of a word, in any case", "KEEP", ["Old lamp"]],
  ["all of the words, wherever each is", "write keepers", ["Old lamp"]],
  ["a word in an address", "path", ["New lamp"]],
  ["a word with a letter beyond ASCII", "über", ["New lamp"]],
  ["a Korean word without its particle", "도시", ["겨울바람"]],
  ["the end of a compound word", "바람", ["겨울바람"]],
  ["one syllable in the middle", "책", ["겨울바람"]],
  ["nothing, where one of the words is missing", "keepers nowhere", []],
  ["nothing in the middle of an English word", "eepers", []],
])("a search finds %s: %s", async (_, words, titles) => {
  expect((await find(`${mark} ${words}`))[0]).toEqual(titles);
});

test.each(["++", "'", "a & | ! <-> :*", "\\", "%", "x".repeat(200), "가".repeat(200)])(
  "a search for %s succeeds",
  async (search) => {
    expect((await find(`${search} ${mark}nowhere`))[1]).toBe(0);
  },
);

test("an article of the maximum length is saved, whatever its words", async () => {
  const letters = Array.from({ length: 100_000 }, (_, index) =>
    String.fromCodePoint(0xac00 + ((index * 7919) % 11_172)),
  );
  for (const wordLength of [1, 2, 30, 100_000]) {
    const content = letters.map((letter, index) => (index % (wordLength + 1) === 0 ? " " : letter)).join("");
    const { id } = await db.article.create({ data: { title: mark, content, isPublished: true } });
    await db.article.delete({ where: { id } });
  }
});
