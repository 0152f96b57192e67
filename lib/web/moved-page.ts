import "server-only";
import { type NextRequest, NextResponse } from "next/server";
import { log } from "@/lib/runtime/log";

/**
 * The first parts of this site's own addresses: they are never looked up, so they cost no query. An old address below
 * `/articles` is, where no article is there.
 */
export const ownSegments: ReadonlySet<string> = new Set([
  ...["admin", "magic-link", "plain-page.css", "readme"],
  ...["", "_next", "api", "bookmarks", "card.png", "categories", "dev", "docs", "feed.json", "feed.xml"],
  ...["forgot-password", "goodbye", "health", "llms.txt", "me", "preview", "privacy", "reauthenticate"],
  ...["reset-password", "robots.txt", "search", "signin", "signout", "signup", "sitemap", "sitemap.xml"],
  ...[
    "tags",
    "terms",
    "tutorial",
    "undo-address-change",
    "users",
    "verify-email",
    "icon.svg",
    "unavailable.css",
  ],
]);

const uuidAtEnd = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @returns whether an address may be one of an earlier blog. */
function mayHaveMoved(pathname: string): boolean {
  const [, first = "", ...rest] = pathname.split("/");
  if (first === "articles")
    return rest.length > 0 && rest[0] !== "new" && !rest.some((part) => uuidAtEnd.test(part));
  return !ownSegments.has(first);
}

/**
 * Redirects an address of the blog that an article was imported from to the article, for good and with its query.
 *
 * @returns null for any other address, and while the database is away.
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
