import "server-only";
import { LRUCache } from "lru-cache";
import { ImageResponse } from "next/og";
import type { CSSProperties } from "react";
import { site } from "@/lib/config/site";
import { cardFonts } from "./card-fonts";

/** The content of a share card. */
export type Card = { title: string; facts: string[]; siteName: string };

/** In pixels, the size that link previews expect. */
export const cardSize = { width: 1200, height: 630 } as const;

/** Drawing occupies a core for a tenth of a second, so the latest cards are cached, about 30 kB each. */
const cards = new LRUCache<string, Promise<Uint8Array<ArrayBuffer>>>({ max: 100 });

/** Cards are drawn one after another, so that the server can do other work in between. */
let drawing: Promise<unknown> = Promise.resolve();

/** @returns a PNG. */
export function drawCard(card: Card): Promise<Uint8Array<ArrayBuffer>> {
  const key = JSON.stringify(card);
  const cached = cards.get(key);
  if (cached) return cached;
  const picture = drawNext(card);
  cards.set(key, picture);
  picture.catch(() => cards.delete(key));
  return picture;
}

function drawNext(card: Card): Promise<Uint8Array<ArrayBuffer>> {
  const picture = drawing.then(() => draw(card));
  drawing = picture.catch(() => undefined);
  return picture;
}

/** A miniature of the page: the facts in the margin, the title beside them. */
async function draw({ title, facts, siteName }: Card): Promise<Uint8Array<ArrayBuffer>> {
  const { fonts, drawable } = await cardFonts();
  const { paper, ink, muted, accent, rule } = site.colors;
  const words = drawable(title) || siteName;
  const response = new ImageResponse(
    <div
      style={{
        width: "100%",
        height: "100%",
        display: "flex",
        flexDirection: "column",
        justifyContent: "space-between",
        padding: "72px 80px 56px",
        background: paper.light,
        color: ink.light,
        fontFamily: "Pretendard",
      }}
    >
      <div style={{ display: "flex", flexGrow: 1 }}>
        <div
          style={{
            width: 220,
            flexShrink: 0,
            paddingRight: 32,
            paddingTop: 14,
            display: "flex",
            flexDirection: "column",
            fontSize: 24,
            lineHeight: 1.5,
            color: muted.light,
          }}
        >
          {facts.map((fact) => (
            <div key={fact} style={{ display: "block", lineClamp: 3, ...wrapping(drawable(fact), 24, 188) }}>
              {drawable(fact)}
            </div>
          ))}
        </div>
        <div
          style={{
            display: "block",
            width: titleWidth,
            lineClamp: 5,
            fontSize: titleSize(words),
            ...wrapping(words, titleSize(words), titleWidth),
            fontWeight: 700,
            lineHeight: 1.25,
            letterSpacing: "-0.02em",
            // Balancing would truncate a long title too early.
            textWrap: isShort(words) ? "balance" : "wrap",
          }}
        >
          {words}
        </div>
      </div>
      <div
        style={{
          display: "flex",
          alignItems: "center",
          paddingTop: 28,
          borderTop: `2px solid ${rule.light}`,
          fontSize: 28,
          fontWeight: 700,
        }}
      >
        <svg width="40" height="40" viewBox="0 0 32 32" style={{ marginRight: 16 }} aria-hidden="true">
          <rect width="32" height="32" rx="6" fill={accent.light} />
          <rect x="14" y="8" width="11" height="2.5" rx="1" fill={paper.light} />
          <rect x="14" y="14.75" width="11" height="2.5" rx="1" fill={paper.light} />
          <rect x="14" y="21.5" width="7" height="2.5" rx="1" fill={paper.light} />
        </svg>
        {siteName}
      </div>
    </div>,
    { ...cardSize, fonts },
  );
  return new Uint8Array(await response.arrayBuffer());
}

const titleWidth = 820;

/** Korean breaks between words. If a word is wider than its column, the library can only break all of them. */
function wrapping(text: string, fontSize: number, width: number): CSSProperties {
  const isTooWide = text.split(/[\s-]+/).some((word) => fontSize * widthInEms(word) > width);
  return { wordBreak: isTooWide ? "break-word" : "keep-all" };
}

/** An upper bound: most small Latin letters and digits are narrow, all other characters may be a full em wide. */
function widthInEms(word: string): number {
  const narrow = word.replace(/[^a-ln-vx-z0-9.,]/g, "").length;
  return [...word].length - 0.38 * narrow;
}

/** A short title is larger. */
function titleSize(title: string): number {
  if ([...title].length <= 24) return 84;
  return isShort(title) ? 66 : 50;
}

function isShort(title: string): boolean {
  return [...title].length <= 60;
}
