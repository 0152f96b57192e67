import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { articleIdAtEnd } from "@/lib/articles/paths/article-path";
import { log } from "@/lib/runtime/log";

/**
 * The first segments of this site's own paths. They are never looked up, so they cost no query, except paths below
 * `/articles` that contain no article ID.
 */
export const ownSegments: ReadonlySet<string> = new Set([
  "",
  "_next",
  "admin",
  "api",
  "bookmarks", // part: bookmarks
  "card.png", // part: share-cards
  "categories",
  "dev",
  "docs", // part: api-reference, guides
  "feed.json", // part: feeds
  "feed.xml", // part: feeds
  "forgot-password",
  "goodbye",
  "health",
  "icon.svg",
  "llms.txt", // part: feeds
  "magic-link",
  "me",
  "plain-page.css",
  "preview",
  "privacy",
  "readme",
  "reauthenticate",
  "reset-password",
  "robots.txt",
  "search",
  "signin",
  "signout",
  "signup",
  "sitemap",
  "sitemap.xml",
  "tags",
  "terms",
  "tutorial", // part: tutorial
  "undo-address-change",
  "users",
  "verify-email",
]);

/** @returns whether a path may be one of the blog that articles were imported from. */
function mayHaveMoved(pathname: string): boolean {
  const [, first = "", ...rest] = pathname.split("/");
  if (first === "articles")
    return rest.length > 0 && rest[0] !== "new" && !rest.some((part) => articleIdAtEnd.test(part));
  return !ownSegments.has(first);
}

/**
 * Redirects the path that an article had on the blog it was imported from: permanently (308), with its query.
 *
 * @returns null for any other path, and while the database is unavailable.
 */
export async function redirectToMovedArticle({ method, nextUrl }: NextRequest): Promise<NextResponse | null> {
  if ((method !== "GET" && method !== "HEAD") || !mayHaveMoved(nextUrl.pathname)) return null;
  try {
    // Imported late: it opens the pool, which must not happen before the address of the database is known.
    const { findMovedArticle } = await import("@/lib/articles/reading/find-moved-article");
    const path = await findMovedArticle(nextUrl.pathname);
    return path === null ? null : NextResponse.redirect(new URL(path + nextUrl.search, nextUrl), 308);
  } catch (error) {
    log.warn("moved-pages.failed", { reason: error instanceof Error ? error.message : "unknown" });
    return null;
  }
}
