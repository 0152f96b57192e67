/** Reading speed per minute, in Latin words and in Hangul, Han or kana characters. */
const wordsPerMinute = 220;
const charactersPerMinute = 500;

/** @returns the reading time of a text in whole minutes, at least one. */
export function readingMinutes(text: string): number {
  const characters =
    text.match(/[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
  const words = text.match(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]+/gu)?.length ?? 0;
  return Math.max(1, Math.round(characters / charactersPerMinute + words / wordsPerMinute));
}
