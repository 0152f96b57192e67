import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { once } from "@/lib/once";
import { charactersOf } from "./font-characters";

export type CardFont = { name: string; data: Buffer; weight: 400 | 700; style: "normal" };

type CardFonts = { fonts: CardFont[]; drawable: (text: string) => string };

/** Emoji, and the invisible signs that hold their parts together. */
const drawnElsewhere = /[\p{Emoji_Presentation}\p{Cf}]|\ufe0f/u;

/**
 * The fonts that cards are set in, read at the first card.
 *
 * @returns also `drawable`, which leaves out what the fonts have no glyph for, such as emoji: the drawing library
 *   would go and fetch it from somebody else's server.
 */
export const cardFonts = once(async (): Promise<CardFonts> => {
  // Each named in full: the build finds what to take along by reading this.
  const [regular, bold] = await Promise.all([
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Regular.otf")),
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Bold.otf")),
  ]);
  const [hasRegular, hasBold] = [charactersOf(regular), charactersOf(bold)];
  const isDrawable = (character: string) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return !drawnElsewhere.test(character) && hasRegular(codePoint) && hasBold(codePoint);
  };
  return {
    fonts: [
      { name: "Pretendard", data: regular, weight: 400, style: "normal" },
      { name: "Pretendard", data: bold, weight: 700, style: "normal" },
    ],
    drawable: (text) =>
      [...text.normalize("NFC").replace(/\s+/g, " ")].filter(isDrawable).join("").replace(/ +/g, " ").trim(),
  };
});
