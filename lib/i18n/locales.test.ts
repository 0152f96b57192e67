import { expect, test } from "vitest";
import { languageOf } from "./language-of";
import { negotiateLocale } from "./locales";

test.each([
  ["ko-KR,ko;q=0.9,en-US;q=0.8", "ko"], // part: korean
  ["en-US,en;q=0.9,ko;q=0.8", "en"],
  ["fr, ko;q=0.5", "ko"], // part: korean
  ["ko;q=0", "en"],
  ["fr-FR", "en"],
  ["*", "en"],
  [null, "en"],
  [";;;=,,q=x", "en"],
])("Accept-Language %s selects %s", (header, locale) => {
  expect(negotiateLocale(header)).toBe(locale);
});

test.each([
  ["비워 둔 자리가 글에 무게를 줘요.", "ko"], // part: korean
  ["Next.js와 TypeScript로 블로그를 만들어요. 먼저 저장소를 복제해요.", "ko"], // part: korean
  ["Words, and the room around them.", "en"],
  ["The Korean word 여백 means the margin of a page.", "en"],
  ["12345", "en"],
])("%s is written in %s", (text, locale) => {
  expect(languageOf(text)).toBe(locale);
});
