import { afterEach, expect, test, vi } from "vitest";
import type { Actor } from "@/lib/access/actor";
import { db } from "@/lib/core/db";
import { filterBy } from "@/lib/lists/filters";
import { articleListQuery } from "./contract";
import { getArticle } from "./get-article";
import { listArticleSummaries } from "./list-articles";
import { publicationState } from "./public-articles";

const hour = 3_600_000;
const admin: Actor = { userId: null, isAdmin: true };

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ["behind", -hour],
  ["ahead", hour],
])(
  "the state of an article follows the clock of the database, also if the server's is %s",
  async (_, shift) => {
    const fields = { title: "By the clock", content: "Words.", isPublished: true };
    const published = await db.article.create({ data: fields });
    const scheduled = await db.article.create({
      data: { ...fields, publishedAt: new Date(Date.now() + hour / 2) },
    });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + shift });
    for (const [{ id }, state] of [
      [published, "published"],
      [scheduled, "scheduled"],
    ] as const) {
      expect(publicationState(await getArticle(id, admin))).toBe(state);
      const query = { ...articleListQuery.parse({}), andFilters: filterBy({ id }) };
      expect((await listArticleSummaries(query, admin)).items.map(publicationState)).toEqual([state]);
    }
  },
);
