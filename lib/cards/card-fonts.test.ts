import { expect, test } from "vitest";
import { cardFonts } from "./card-fonts";
import { charactersOf } from "./font-characters";

test.each([
  ["비워 둔 자리", "비워 둔 자리"],
  ["한글".normalize("NFD"), "한글"],
  ["Margins – “quoted”, 1·2 …", "Margins – “quoted”, 1·2 …"],
  ["A \u{1f58b} pen", "A pen"],
  ["\u{1f468}\u200d\u{1f469}\u200d\u{1f467}", ""],
  ["여백(餘白)의 뜻", "여백(□□)의 뜻"],
  ["日本語", "□□□"],
  ["हिन्दी", "□□□"],
  ["two\nlines\u0001", "two lines"],
])("the card of %j shows %j", async (text, shown) => {
  expect((await cardFonts()).drawable(text)).toBe(shown);
});

test("an invalid font is rejected", () => {
  expect(() => charactersOf(Buffer.alloc(64))).toThrow("cmap");
});
