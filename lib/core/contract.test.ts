import { expect, test } from "vitest";
import { z } from "zod";
import { contracts } from "@/lib/api/contracts";
import { filtersOn } from "@/lib/lists/filters";
import { type Contract, label, text } from "./contract";

const name = label({ min: 1, max: 10 });

test.each([
  ["Hangul filler", "\u3164"],
  ["half-width Hangul filler", "\uffa0"],
  ["Hangul initial filler", "\u115f\u1160"],
  ["zero-width space", "\u200b"],
  ["zero-width joiner", "\u200d"],
  ["word joiner", "\u2060"],
  ["Braille blank", "\u2800"],
  ["soft hyphen", "\u00ad"],
  ["variation selector", "\ufe0f"],
  ["supplementary variation selector", "\u{e0100}"],
  ["tag characters", "\u{e0041}\u{e007f}"],
  ["byte order mark", "\ufeff"],
  ["combining grapheme joiner", "\u034f"],
  ["Mongolian vowel separator", "\u180e"],
  ["no-break and ideographic spaces", "\u00a0\u3000"],
  ["several of them", " \u200b\u3164 \u2800\u00ad"],
])("a name of nothing but %s is empty", (_, value) => {
  expect(name.safeParse(value).error?.issues).toMatchObject([{ message: "required" }]);
  expect(text({ max: 10, trim: true }).parse(value)).toBe("");
});

test.each(["a", "!", "여백", "\u{1f58b}\ufe0f", "ㅤa", "क्ष", "\u{1f468}\u200d\u{1f469}", "مرحبا"])(
  "%j is a valid name",
  (value) => {
    expect(name.parse(value)).toBe(value);
  },
);

test.each(["\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"])(
  "a name with the direction override %j is rejected",
  (mark) => {
    expect(name.safeParse(`a${mark}b`).error?.issues).toMatchObject([{ message: "directionOverride" }]);
  },
);

test("length is counted in the composed text", () => {
  expect(name.parse("여백여백여백여백여백".normalize("NFD"))).toBe("여백여백여백여백여백");
});

test("a filter compares composed text", () => {
  const filters = z.object(filtersOn({ title: "text" }));
  const value = "여백".normalize("NFD");
  expect(
    filters.parse({
      andFilters: JSON.stringify({ title: value }),
      orFilters: JSON.stringify({ title: { $in: [value] } }),
    }),
  ).toMatchObject({
    andFilters: [[{ operator: "$eq", value: "여백" }]],
    orFilters: [[{ operator: "$in", value: ["여백"] }]],
  });
});

/** Secrets, keys, URLs and machine-readable names: compared byte by byte, or ASCII only. */
const exact =
  /token|password$|^s3Key|^method|code|nonce|^state|Url$|Uri$|^image$|^coverImage$|^mimeType|[iI]d$|^error$|^email$|provider|^expires$|^signature$/i;

function bodiesOf(body: Contract["body"]): readonly z.ZodObject[] {
  if (!body) return [];
  return body instanceof z.ZodObject ? [body] : body.options;
}

const textFields = contracts.flatMap(({ method, path, body, query }) =>
  [...bodiesOf(body), ...(query ? [query] : [])]
    .flatMap(({ shape }) => Object.entries(shape))
    .filter(([field]) => !exact.test(field))
    .map(([field, schema]) => [`${method} ${path}: ${field}`, schema] as const),
);

test.each(textFields)("%s is composed where it is text", (_, schema) => {
  const decomposed = "여백".normalize("NFD");
  const result = z.safeParse(schema, decomposed);
  if (result.success && typeof result.data === "string") expect(result.data).toBe("여백");
});
