import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { normalizeText } from "@/lib/runtime/normalize-text";
import { once } from "@/lib/runtime/once";
import { charactersOf } from "./font-characters";

type CardFont = { name: string; data: ArrayBuffer; weight: 400 | 700; style: "normal" };

type CardFonts = { fonts: CardFont[]; drawable: (text: string) => string };

/** Shown for a letter that the fonts lack, such as a Hanja. */
const missingLetter = "□";

/** Emoji, and the invisible characters that join their parts. */
const emojiParts = /[\p{Emoji_Presentation}\p{Cf}]|\ufe0f/u;

/**
 * The fonts of the cards, read for the first card.
 *
 * @returns also `drawable`, which removes characters without a glyph, such as emoji, and replaces letters without one
 *   by a box: the drawing library would fetch their fonts from another server.
 */
export const cardFonts = once(async (): Promise<CardFonts> => {
  // Each path is written out, so that the build can trace the files to include.
  const [regular, bold] = await Promise.all([
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Regular.otf")),
    readFile(join(process.cwd(), "node_modules/pretendard/dist/public/static/Pretendard-Bold.otf")),
  ]);
  const [hasRegular, hasBold] = [charactersOf(regular), charactersOf(bold)];
  const glyphFor = (character: string) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (!emojiParts.test(character) && hasRegular(codePoint) && hasBold(codePoint)) return character;
    return /[\p{L}\p{N}]/u.test(character) ? missingLetter : "";
  };
  return {
    fonts: [
      // The drawing library accepts only an `ArrayBuffer`, and caches a parsed font by its identity.
      { name: "Pretendard", data: new Uint8Array(regular).buffer, weight: 400, style: "normal" },
      { name: "Pretendard", data: new Uint8Array(bold).buffer, weight: 700, style: "normal" },
    ],
    drawable: (text) =>
      [...normalizeText(text).replace(/\s+/g, " ")].map(glyphFor).join("").replace(/ +/g, " ").trim(),
  };
});
