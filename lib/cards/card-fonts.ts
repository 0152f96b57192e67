import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "@/lib/runtime/once";
import { charactersOf } from "./font-characters";

type CardFont = { name: string; data: Buffer; weight: 400 | 700; style: "normal" };

type CardFonts = { fonts: CardFont[]; drawable: (text: string) => string };

/** A letter that the fonts lack, such as a Hanja, is seen to be missing. */
const missingLetter = "□";

/** Emoji, and the invisible signs that hold their parts together. */
const drawnElsewhere = /[\p{Emoji_Presentation}\p{Cf}]|\ufe0f/u;

/**
 * The fonts that cards are set in, read at the first card.
 *
 * @returns also `drawable`, which leaves out signs that the fonts have no glyph for, such as emoji, and puts a box for
 *   letters: the drawing library would fetch them from another server.
 */
export const cardFonts = once(async (): Promise<CardFonts> => {
  // Each named in full: the build finds what to take along by reading this.
  const [regular, bold] = await Promise.all([
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Regular.otf")),
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Bold.otf")),
  ]);
  const [hasRegular, hasBold] = [charactersOf(regular), charactersOf(bold)];
  const glyphFor = (character: string) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!drawnElsewhere.test(character) && hasRegular(codePoint) && hasBold(codePoint)) return character;
    return /[\p{L}\p{N}]/u.test(character) ? missingLetter : "";
  };
  return {
    fonts: [
      { name: "Pretendard", data: regular, weight: 400, style: "normal" },
      { name: "Pretendard", data: bold, weight: 700, style: "normal" },
    ],
    drawable: (text) =>
      [...text.normalize("NFC").replace(/\s+/g, " ")].map(glyphFor).join("").replace(/ +/g, " ").trim(),
  };
});
