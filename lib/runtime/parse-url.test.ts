import { expect, test } from "vitest";
import { parseUrl } from "./parse-url";

test.each([
  ["https://example.com/a?b#c", undefined],
  ["https://한글.kr/길", undefined],
  [`https://example.com/${"a".repeat(5000)}`, undefined],
  [`https://example.com?${"a".repeat(5000)}`, undefined],
  [`/${"%EA%B0%80".repeat(100)}`, "https://example.com"],
  ["//example.com/a", "https://example.org"],
  ["a.png", "https://example.com"],
] as const)("parses %s", (text, base) => {
  expect(parseUrl(text, base)?.href).toBe(new URL(text, base).href);
});

test.each(["", "a", "https://", "https://a b/"])("returns null for %j", (text) => {
  expect(parseUrl(text)).toBeNull();
});

// Each of these would take minutes.
const host = `${Array.from({ length: 300_000 }, (_, index) => String.fromCodePoint(0x4e00 + (index % 20_000))).join("")}.com`;
test.each(["https://", "https:", "//", "\\\\", "/\t/", "ht\ntps:/\n/", "https://a@", "\u0001//"])(
  "returns null for a host of 300,000 letters after %j",
  (start) => {
    expect(parseUrl(start + host, "https://example.com")).toBeNull();
  },
);
