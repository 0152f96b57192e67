import { expect, test } from "vitest";
import { normalizeText } from "./normalize-text";

const marks = "\u0301\u0323";

test("normalizes what devices send decomposed", () => {
  for (const text of ["여백", "é", "ạ́", "क़", "שּׁ", `Z${marks.repeat(15)}`]) {
    expect(normalizeText(text.normalize("NFD"))).toBe(text.normalize("NFC"));
  }
  expect(normalizeText("Ｔｅａ", "NFKC")).toBe("Tea");
});

// Sorting the marks of one letter would take minutes.
test.each([
  ["NFC", marks],
  ["NFKC", marks],
  ["NFKC", "\u0301\uff9e"],
] as const)(
  "returns in %s a letter with a megabyte of %j, and normalizes the text around it",
  (form, pair) => {
    const run = pair.repeat(256 * 1024);
    expect(normalizeText(`${"여백".normalize("NFD")}${run}e\u0301`, form)).toBe(`여백${run}é`);
  },
);
