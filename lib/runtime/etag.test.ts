import { expect, test } from "vitest";
import { etagOf, isUnchanged } from "./etag";

const etag = etagOf("a feed");

test.each([
  ["the same tag", etag, true],
  ["the tag that a proxy weakened", `W/${etag}`, true],
  ["one tag of a list", `"other", ${etag}`, true],
  ["another tag", etagOf("another feed"), false],
  ["a tag that contains it", `"x${etag}"`, false],
])("compares If-None-Match with %s", (_, known, isSame) => {
  const request = new Request("http://localhost/feed", { headers: { "If-None-Match": known } });
  expect(isUnchanged(request, etag)).toBe(isSame);
});

test("is never the same for a client without a version", () => {
  expect(isUnchanged(new Request("http://localhost/feed"), etag)).toBe(false);
});
