import { markdownReader } from "@/lib/markdown/markdown-reader";

/**
 * Matches code, to skip it (fences and inline code), and the destinations of images and reference definitions:
 * `![alt](destination)` and `[name]: destination`.
 */
const pattern =
  /^(?<fence> {0,3}(?:`{3,}|~{3,})).*$|(?<!`)(?<code>`{1,8})(?!`)[^`\n]+\k<code>(?!`)|(?<before>!\[(?:[^[\]\\\n]|\\.)*\]\(\s*|^ {0,3}\[[^[\]\n]+\]:[ \t]*)(?<destination><[^<>\n]*>|[^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)*)/gm;

/** @returns the distinct addresses of the images in a Markdown text, as written there. */
export function imageAddresses(markdown: string): string[] {
  const shown = new Set<string>();
  for (const { type, children } of markdownReader.parse(markdown, {})) {
    if (type !== "inline") continue;
    for (const token of children ?? []) {
      const source = token.type === "image" ? token.attrGet("src") : null;
      if (source !== null) shown.add(String(source));
    }
  }
  const written = new Set<string>();
  replaceDestinations(markdown, (address) => {
    if (shown.has(markdownReader.normalizeLink(address))) written.add(address);
    return address;
  });
  return [...written];
}

/** Replaces the image addresses that are keys of the map. Code is unchanged. */
export function replaceImageAddresses(markdown: string, addresses: ReadonlyMap<string, string>): string {
  return replaceDestinations(markdown, (address) => addresses.get(address) ?? address);
}

function replaceDestinations(markdown: string, replace: (address: string) => string): string {
  let fence: string | null = null;
  return markdown.replace(pattern, (whole: string, ...rest: unknown[]) => {
    const groups = groupsOf(rest);
    const mark = groups.fence?.trim();
    if (mark !== undefined) {
      if (fence === null) fence = mark;
      else if (mark.startsWith(fence) && /^[`~\s]+$/.test(whole)) fence = null;
      return whole;
    }
    const { before, destination } = groups;
    if (fence !== null || before === undefined || destination === undefined) return whole;
    const address = destination.replace(/^<(.*)>$/, "$1");
    const replaced = replace(address);
    return replaced === address ? whole : before + replaced;
  });
}

/** `replace` passes the named groups as the last argument. */
function groupsOf(rest: unknown[]): Record<string, string | undefined> {
  const groups = rest.at(-1);
  return typeof groups === "object" && groups !== null ? Object.fromEntries(Object.entries(groups)) : {};
}
