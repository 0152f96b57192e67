import { expect, test } from "vitest";
import { articleIdOf, articlePath } from "./article-path";

const id = "01a1f953-ba5e-7626-9cdf-6eb9854e51f2";

test.each([
  ["The margin", `/articles/the-margin-${id}`],
  ["여백", `/articles/${encodeURIComponent("여백")}-${id}`],
  ["!", `/articles/${id}`],
  [undefined, `/articles/${id}`],
  ["../../../etc", `/articles/etc-${id}`],
  ["a?b=c#d", `/articles/a-b-c-sharp-d-${id}`],
])("an article titled %s has the path %s", (title, path) => {
  expect(articlePath({ id, title })).toBe(path);
});

test.each([
  [id, id],
  [`the-margin-${id}`, id],
  [`여백-${id}`, id],
  [`-${id}`, id],
  [`${id}-${id}`, id],
  [`other-${id}`, id],
  ["nothing", "nothing"],
  [`${id}-more`, `${id}-more`],
  ["", ""],
])("the path segment %s contains the id %s", (segment, named) => {
  expect(articleIdOf(segment)).toBe(named);
});
