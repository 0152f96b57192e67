type Form = "NFC" | "NFKC";

/** A letter of a real text has a few; the Stream-Safe Text Format allows 30. The last two become marks in NFKC. */
const longRun = /((?<![\p{M}\uff9e\uff9f])[\p{M}\uff9e\uff9f]{31,})/u;

/**
 * Normalizes a text of a user, so that what a Mac sends decomposed is the same text. Long runs of combining marks stay
 * as they are: their normalization sorts them in a time that grows with the square of their number, minutes for a
 * megabyte.
 *
 * @see https://www.unicode.org/reports/tr15/#Stream_Safe_Text_Format
 */
export function normalizeText(text: string, form: Form = "NFC"): string {
  return text
    .split(longRun)
    .map((part, index) => (index % 2 === 0 ? part.normalize(form) : part))
    .join("");
}
