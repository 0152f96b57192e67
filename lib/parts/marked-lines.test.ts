import { expect, test } from "vitest";
import { markedParts, withoutMarkers, withoutParts } from "./marked-lines";

const without = (text: string, ...names: string[]) => withoutParts(text, new Set(names));

test("removes only the marked line of a list", () => {
  const text =
    'const pages = [\n  "/terms",\n  "/tutorial", // part: tutorial\n  "/docs", // part: guides\n];\n';
  expect(without(text, "tutorial")).toBe('const pages = [\n  "/terms",\n  "/docs", // part: guides\n];\n');
});

test.each([
  ["{/* part: mcp */}", "{/* end of part: mcp */}"],
  ["/* part: mcp */", "/* end of part: mcp */"],
  ["// part: mcp", "// end of part: mcp"],
  ["# part: mcp", "# end of part: mcp"],
  ["<!-- part: mcp -->", "<!-- end of part: mcp -->"],
])("removes the region between %s and %s", (start, end) => {
  const text = `before\n  ${start}\n  inside\n  ${end}\nafter`;
  expect(without(text, "mcp")).toBe("before\nafter");
  expect(without(text, "tags")).toBe(text);
});

test("keeps one of the two empty lines around a region", () => {
  expect(without("a\n\n<!-- part: mcp -->\nb\n<!-- end of part: mcp -->\n\nc\n", "mcp")).toBe("a\n\nc\n");
});

test("keeps a line of several parts until the last of them is removed", () => {
  const text = '"lib/docs", // part: api-reference, mcp\n"lib/api",';
  const after = without(text, "api-reference");
  expect(after).toBe('"lib/docs", // part: mcp\n"lib/api",');
  expect(without(after, "mcp")).toBe('"lib/api",');
  expect(without(text, "api-reference", "mcp")).toBe('"lib/api",');
});

test("removes a region inside a region", () => {
  const text = "// part: guides\na\n// part: mcp\nb\n// end of part: mcp\nc\n// end of part: guides\nd";
  expect(without(text, "mcp")).toBe("// part: guides\na\nc\n// end of part: guides\nd");
  expect(without(text, "guides")).toBe("d");
});

test("lists the parts that a text has markers of", () => {
  expect([...markedParts("a // part: mcp\n# part: tags, feeds\n# end of part: tags, feeds")]).toEqual([
    "mcp",
    "tags",
    "feeds",
  ]);
});

test.each(["// part: mcp\na", "a\n// end of part: mcp", "// part: mcp\n// end of part: tags"])(
  "rejects an open region: %j",
  (text) => {
    expect(() => without(text, "mcp")).toThrow(/region/);
  },
);

test("removes the markers and keeps the marked lines", () => {
  const text =
    "a, // part: mcp\n  {/* part: tags */}\n  b\n  {/* end of part: tags */}\n- c <!-- part: mcp, tags -->";
  expect(withoutMarkers(text)).toBe("a,\n  b\n- c");
});
