import "server-only";
import { LRUCache } from "lru-cache";
import type { Article } from "@/lib/articles/contract";
import { type ParsedMarkdown, parseMarkdown } from "@/lib/markdown/parse-markdown";

/** In characters of Markdown: a tree takes about fifty times as many bytes. */
const maxCharacters = 500_000;

const parsed = new LRUCache<string, ParsedMarkdown>({ maxSize: maxCharacters });

/**
 * Parses the Markdown of an article, once for each version of it.
 *
 * @returns a tree that all readers share: a caller that changes it has to copy it first.
 */
export async function parsedArticle({
  id,
  updatedAt,
  content,
}: Pick<Article, "id" | "updatedAt" | "content">): Promise<ParsedMarkdown> {
  const key = `${id} ${updatedAt.getTime()}`;
  const cached = parsed.get(key);
  if (cached) return cached;
  const fresh = await parseMarkdown(content);
  if (fresh.isHighlighted) parsed.set(key, fresh, { size: content.length + 100 });
  return fresh;
}
