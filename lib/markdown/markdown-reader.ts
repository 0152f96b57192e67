import "server-only";
import MarkdownIt from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import footnote from "markdown-it-footnote";

/**
 * Parses the Markdown of this blog: roughly GitHub's. This parser stays fast on hostile input where others take
 * minutes. It is extended with footnotes, and with emphasis that works beside Hangul.
 */
export const markdownReader = new MarkdownIt({ linkify: true }).use(footnote).use(cjkFriendly);

const { linkify } = markdownReader;

// Text that starts with https:// is a link; a file name such as `readme.md` is not.
linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

const testSchemaAt = linkify.testSchemaAt.bind(linkify);
// `https://example.com에서`: a particle may follow a URL without a space.
linkify.testSchemaAt = (text, schema, position) =>
  testSchemaAt(text.slice(0, hostEnd(text, position)), schema, position);

/** An ASCII host or port directly followed by a letter of Hangul, Han or kana, which belongs to the sentence. */
const hostBeforeLetter =
  /(?:\/\/)?(?:[^\s/?#@]{1,64}@)?(?:(?:(?:[a-z0-9-]{1,63}\.){1,9}[a-z][a-z0-9-]{1,62}|localhost|[0-9]{1,3}(?:\.[0-9]{1,3}){3})|[a-z0-9.-]{1,253}:[0-9]{1,5})(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/iuy;

/**
 * Hangul hosts (`https://한글.kr`) and Hangul in paths remain part of a URL.
 *
 * @param position the offset at which the scheme ends.
 * @returns the offset at which the host ends; undefined if it is not an ASCII host, or if no such letter follows it.
 */
function hostEnd(text: string, position: number): number | undefined {
  hostBeforeLetter.lastIndex = position;
  return hostBeforeLetter.test(text) ? hostBeforeLetter.lastIndex : undefined;
}

// The colon in the ids of footnotes avoids conflicts with the ids of headings and with names that scripts look up.
markdownReader.renderer.rules.footnote_anchor_name = (tokens, index) =>
  `:${Number(tokens[index]?.meta?.id) + 1}`;

// The style sheet draws the rule above the footnotes.
markdownReader.renderer.rules.footnote_block_open = () => '<section class="footnotes"><ol>';

/**
 * With more footnotes, an article has too many elements to be shown as more than its source. They are not collected: it
 * would take a time that grows with the square of their number.
 */
const maxFootnotes = 2_500;

markdownReader.core.ruler.before("footnote_tail", "footnote_limit", ({ env: { footnotes } }) => {
  if (typeof footnotes !== "object" || footnotes === null || !("list" in footnotes)) return;
  if (Array.isArray(footnotes.list)) footnotes.list.splice(maxFootnotes);
});
