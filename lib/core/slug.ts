/** Signs that make a difference between names: C, C++ and C#. */
const spokenSigns: Record<string, string> = { "+": " plus ", "#": " sharp ", "&": " and " };

/**
 * Makes a text fit for an address, letters of any script kept: `C++ 시작하기` becomes `c-plus-plus-시작하기`.
 *
 * @param maxCharacters where to cut, between words if possible.
 * @returns letters, digits and hyphens; nothing for a text that has neither letters nor digits.
 */
export function slugOf(text: string, maxCharacters = 60): string {
  const spoken = text.normalize("NFKC").replace(/[+#&]/g, (sign) => spokenSigns[sign] ?? sign);
  const slug = spoken
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
