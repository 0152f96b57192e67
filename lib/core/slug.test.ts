import { expect, test } from "vitest";
import { slugOf } from "./slug";

test.each([
  ["The margin", "the-margin"],
  ["비워 둔 자리", "비워-둔-자리"],
  ["  Next.js 16, 시작하기!  ", "next-js-16-시작하기"],
  ["C++", "c-plus-plus"],
  ["C#", "c-sharp"],
  ["R&D", "r-and-d"],
  ["It’s fine, isn't it", "its-fine-isnt-it"],
  ["Ünïcödé", "ünïcödé"],
  ["여백", "여백"],
  ["여백".normalize("NFD"), "여백"],
  ["ＦＵＬＬ", "full"],
  ["日本語 テスト", "日本語-テスト"],
  ["हिन्दी", "हिन्दी"],
  ["../../etc/passwd", "etc-passwd"],
  ["</script><script>", "script-script"],
  ["a\u202eb", "a-b"],
  ["--a--", "a"],
  ["\u{1f58b}", ""],
  ["!?", ""],
  ["", ""],
])("%j becomes %j", (text, slug) => {
  expect(slugOf(text)).toBe(slug);
});

test("a long text is cut between words, and a single long word at the limit", () => {
  expect(slugOf("one two three four", 9)).toBe("one-two");
  expect(slugOf("one two three four", 7)).toBe("one-two");
  expect(slugOf("여백".repeat(50))).toBe("여백".repeat(30));
});
