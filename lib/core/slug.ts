import { normalizeText } from "@/lib/runtime/normalize-text";

/** Symbols that distinguish names: C, C++ and C#. */
const symbolWords: Record<string, string> = { "+": " plus ", "#": " sharp ", "&": " and " };

/**
 * Turns a text into a slug for a URL; letters of any script stay: `C++ 시작하기` becomes `c-plus-plus-시작하기`.
 *
 * @param maxCharacters where to cut, between words if possible.
 * @returns letters, digits and hyphens; empty for a text without letters and digits.
 */
export function slugOf(text: string, maxCharacters = 60): string {
  const spelledOut = normalizeText(text, "NFKC").replace(/[+#&]/g, (sign) => symbolWords[sign] ?? sign);
  const slug = spelledOut
    .toLowerCase()
    .replace(/['’]/g, "")
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");

  const characters = [...slug];
  if (characters.length <= maxCharacters) return slug;
  const start = characters.slice(0, maxCharacters).join("");
  const isBetweenWords = characters[maxCharacters] === "-";
  return isBetweenWords ? start : start.replace(/-[^-]*$/, "");
}
