import "server-only";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { type Locale, locales } from "@/lib/i18n/locales";
import type { FeedItem } from "./latest-articles";

/**
 * Describes this site to language models, in Markdown with links.
 *
 * @see https://llmstxt.org
 */
export function writeLlmsTxt(articles: FeedItem[], locale: Locale): string {
  const at = (path: string) => env().APP_URL + path;
  return [
    `# ${site.name[locale]}`,
    "",
    `> ${site.description[locale]}`,
    "",
    "Reading needs no account; the site answers in the language of `Accept-Language`, or in that of",
    `${locales.map((language) => `\`?lang=${language}\``).join(" and ")}.`,
    "",
    "## Latest articles",
    "",
    ...articles.map(
      ({ title, url, summary }) => `- [${inLine(title)}](${url})${summary && `: ${inLine(summary)}`}`,
    ),
    "",
    "## All of it, for programs",
    "",
    `- [JSON feed](${at("/feed.json")}): the latest articles in full`,
    `- [RSS feed](${at("/feed.xml")}): the same as RSS`,
    `- [Sitemap](${at("/sitemap.xml")}): every address`,
    `- [OpenAPI document](${at("/api/v1/openapi.json")}): the REST API to read, search and write`,
    `- [MCP server](${at("/api/mcp")}): the guides and the API reference, for coding assistants`, // part: mcp
    "",
  ].join("\n");
}

/** Escapes an author's text for a line of Markdown: it neither ends the line nor starts any markup. */
function inLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>]/g, "\\$&");
}
