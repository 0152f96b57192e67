import "server-only";
import MarkdownIt from "markdown-it";
import cjkFriendly from "markdown-it-cjk-friendly";
import footnote from "markdown-it-footnote";

/**
 * Reads the Markdown of this blog: GitHub's, more or less. It stays quick on hostile input where others take
 * minutes; the additions are footnotes, and emphasis that works beside Hangul.
 */
export const markdownReader = new MarkdownIt({ linkify: true }).use(footnote).use(cjkFriendly);

// What begins with https:// is a link; a file name such as `readme.md` is not.
markdownReader.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });

// The rule above the footnotes is the style sheet's.
markdownReader.renderer.rules.footnote_block_open = () => '<section class="footnotes"><ol>';
