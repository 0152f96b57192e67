import "server-only";
import { LRUCache } from "lru-cache";
import type { Article } from "@/lib/articles/contract";
import { type ParsedMarkdown, parseMarkdown } from "@/lib/markdown/parse-markdown";

/** In characters of Markdown: a tree takes about fifty times as many bytes. */
const maxCharacters = 500_000;

/**
 * By the text itself: an article that is deleted and imported again has the same id, and may have the same `updatedAt`.
 */
const parsed = new LRUCache<string, ParsedMarkdown>({ maxSize: maxCharacters });

/**
 * Parses the Markdown of an article, once for each version of it.
 *
 * @returns a tree that all readers share: a caller that changes it has to copy it first.
 */
export async function parsedArticle({ content }: Pick<Article, "content">): Promise<ParsedMarkdown> {
  const cached = parsed.get(content);
  if (cached) return cached;
  const fresh = await parseMarkdown(content);
  if (fresh.isHighlighted) parsed.set(content, fresh, { size: content.length + 100 });
  return fresh;
}
