import "server-only";
import { excerptOf } from "@/lib/markdown/excerpt";
import { readingMinutes } from "@/lib/markdown/reading-time";
import type { Article } from "./contract";

/** @returns the columns that are derived from the content of an article, so that lists need not read it. */
export function derivedFrom(content: string): { summary: string; readingMinutes: number } {
  return { summary: excerptOf(content), readingMinutes: readingMinutes(content) };
}

/** @returns the description of an article for its page and feeds: the author's excerpt, or the start of the text. */
export function descriptionOf({ excerpt, content }: Pick<Article, "excerpt" | "content">): string {
  return excerpt ?? excerptOf(content);
}
