import { expect, test } from "vitest";
import { requestPoints } from "./rate-limit";

test.each([
  ["", 1],
  ["?search=", 1],
  ["?page=2", 1],
  ["?search=tea", 5],
  ["?search=&search=tea", 5],
  ["?search=tea&search=", 5],
])("a request with the query %j costs %d", (query, points) => {
  expect(requestPoints(new URL(`https://example.com/api/v1/data/articles${query}`))).toBe(points);
});
