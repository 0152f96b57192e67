/** A range of code points. */
type Range = { first: number; last: number };

/**
 * Reads the characters of a font.
 *
 * @param font a TrueType or OpenType file.
 * @returns whether there is a glyph for a code point.
 * @see https://learn.microsoft.com/typography/opentype/spec/cmap
 */
export function charactersOf(font: Buffer): (codePoint: number) => boolean {
  const ranges = rangesOf(font);
  return (codePoint) => ranges.some(({ first, last }) => first <= codePoint && codePoint <= last);
}

function rangesOf(font: Buffer): Range[] {
  const cmap = findTable(font, "cmap");
  const subtables = Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) => {
    return cmap + font.readUInt32BE(cmap + 4 + 8 * index + 4);
  });
  // Format 12 covers all of Unicode.
  const subtable = subtables.find((offset) => font.readUInt16BE(offset) === 12);
  if (subtable === undefined)
    throw new Error("The font does not say which characters it has in a known way.");
  return Array.from({ length: font.readUInt32BE(subtable + 12) }, (_, index) => {
    const group = subtable + 16 + 12 * index;
    return { first: font.readUInt32BE(group), last: font.readUInt32BE(group + 4) };
  });
}

function findTable(font: Buffer, tag: string): number {
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  const record = tables.find((offset) => font.toString("latin1", offset, offset + 4) === tag);
  if (record === undefined) throw new Error(`The font has no table ${tag}.`);
  return font.readUInt32BE(record + 8);
}
