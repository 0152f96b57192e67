import "server-only";
import MarkdownIt from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import footnote from "markdown-it-footnote";

/**
 * Reads the Markdown of this blog: GitHub's, more or less. It stays quick on hostile input where others take
 * minutes; the additions are footnotes, and emphasis that works beside Hangul.
 */
export const markdownReader = new MarkdownIt({ linkify: true }).use(footnote).use(cjkFriendly);

const { linkify } = markdownReader;

// What begins with https:// is a link; a file name such as `readme.md` is not.
linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

const testSchemaAt = linkify.testSchemaAt.bind(linkify);
// `https://example.com에서`: a particle may follow an address without a blank.
linkify.testSchemaAt = (text, schema, position) =>
  testSchemaAt(text.slice(0, hostEnd(text, position)), schema, position);

/** An ASCII host or port with a letter of Hangul, Han or kana right behind it, which belongs to the sentence. */
const hostBeforeLetter =
  /(?:\/\/)?(?:[^\s/?#@]{1,64}@)?(?:(?:(?:[a-z0-9-]{1,63}\.){1,9}[a-z][a-z0-9-]{1,62}|localhost|[0-9]{1,3}(?:\.[0-9]{1,3}){3})|[a-z0-9.-]{1,253}:[0-9]{1,5})(?=[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])/iuy;

/**
 * Hangul hosts (`https://한글.kr`) and Hangul in paths stay part of an address.
 *
 * @param position where the scheme ends.
 * @returns where the host ends, or nothing where it is no ASCII host or ends by itself.
 */
function hostEnd(text: string, position: number): number | undefined {
  hostBeforeLetter.lastIndex = position;
  return hostBeforeLetter.test(text) ? hostBeforeLetter.lastIndex : undefined;
}

// A colon in the ids of footnotes keeps them apart from the names of headings, and from what scripts look for.
markdownReader.renderer.rules.footnote_anchor_name = (tokens, index) =>
  `:${Number(tokens[index]?.meta?.id) + 1}`;

// The rule above the footnotes is the style sheet's.
markdownReader.renderer.rules.footnote_block_open = () => '<section class="footnotes"><ol>';
