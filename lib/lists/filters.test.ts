import { expect, test } from "vitest";
import { articleListQuery } from "@/lib/articles/contract";
import { filterBy } from "./filters";

test.each([
  ["a value", filterBy({ createdBy: "u1" }), { createdBy: "u1" }],
  ["null", filterBy({ category: null }), { category: null }],
  ["a list", filterBy({ id: { $in: ["a", "b"] } }), { id: { $in: ["a", "b"] } }],
  [
    "several fields and a time",
    filterBy({ isPublished: true, publishedAt: { $gt: new Date("2026-01-01") } }),
    { isPublished: true, publishedAt: { $gt: "2026-01-01T00:00:00Z" } },
  ],
])("filters by %s as the JSON of a request does", (_, filters, json) => {
  expect(filters).toEqual(articleListQuery.parse({ andFilters: JSON.stringify(json) }).andFilters);
});

test("ignores a field that is undefined", () => {
  expect(filterBy({ createdBy: undefined })).toEqual([]);
});
