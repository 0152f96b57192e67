import "server-only";
import { markdownReader } from "@/lib/markdown/markdown-reader";

/** A place in a Markdown text with an address: of an image or link, or of a reference definition. */
type Destination = {
  /** Without escapes and angle brackets. */
  address: string;
  /** The offsets of the address in the text, with its angle brackets. */
  start: number;
  end: number;
};

/** @returns the distinct addresses of the images in a Markdown text. */
export function imageAddresses(markdown: string): string[] {
  return [...new Set(imageDestinations(markdown).map(({ address }) => address))];
}

/** Replaces the image addresses that are keys of the map. Code and links are unchanged. */
export function replaceImageAddresses(markdown: string, addresses: ReadonlyMap<string, string>): string {
  let replaced = "";
  let done = 0;
  for (const { address, start, end } of imageDestinations(markdown)) {
    const other = addresses.get(address) ?? address;
    if (other === address) continue;
    replaced += markdown.slice(done, start) + other;
    done = end;
  }
  return replaced + markdown.slice(done);
}

/**
 * The parser returns the addresses of the images, but not their places. Each place with such an address gets a mark of
 * its own; the marks in the addresses of the marked text's images tell the images from code and links.
 */
function imageDestinations(markdown: string): Destination[] {
  const shown = shownAddresses(markdown);
  const possible = destinations(markdown).filter(({ address }) =>
    shown.has(markdownReader.normalizeLink(address)),
  );
  const mark = `x${crypto.randomUUID().replaceAll("-", "")}x`;
  let marked = "";
  let done = 0;
  const ends = possible.map(({ start, end }, index) => ({
    at: markdown[start] === "<" ? end - 1 : end,
    index,
  }));
  // Sorted, since an address in brackets may contain what looks like another.
  for (const { at, index } of ends.sort((one, other) => one.at - other.at)) {
    marked += `${markdown.slice(done, at)}${mark}${index}`;
    done = at;
  }
  const marks = new RegExp(`${mark}(\\d+)$`);
  const found = new Set(
    [...shownAddresses(marked + markdown.slice(done))].map((address) => marks.exec(address)?.[1]),
  );
  return possible.filter((_destination, index) => found.has(String(index)));
}

/** @returns the addresses of the images that an article shows, normalized. */
function shownAddresses(markdown: string): Set<string> {
  const shown = new Set<string>();
  for (const { type, children } of markdownReader.parse(markdown, {})) {
    if (type !== "inline") continue;
    for (const token of children ?? []) {
      const source = token.type === "image" ? token.attrGet("src") : null;
      if (source !== null) shown.add(String(source));
    }
  }
  return shown;
}

/**
 * Matches what precedes an address: `](`, or `[name]:` at the start of a line, of a quote, a list item or a footnote.
 * The address may be on the next line.
 */
const beforeAddress =
  /(?:\]\(|^(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t]|\[\^[^\]\s]+\]:)*\[(?!\^)(?:[^[\]\\]|\\.)+\]:)[ \t]*(?:\r?\n[ \t>]*)?/gm;

function destinations(markdown: string): Destination[] {
  return [...markdown.matchAll(beforeAddress)].flatMap(({ 0: before, index }) => {
    const start = index + before.length;
    const { ok, pos, str } = markdownReader.helpers.parseLinkDestination(markdown, start, markdown.length);
    return ok ? [{ address: str, start, end: pos }] : [];
  });
}
