import "server-only";
import { Prisma } from "@/lib/core/db";
import { conditionsOf, orderOf, readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import type { Bookmark, BookmarkListQuery } from "./contract";

const fields = {
  id: Prisma.sql`b.id`,
  articleId: Prisma.sql`b."articleId"`,
  createdBy: Prisma.sql`b."createdBy"`,
  createdAt: Prisma.sql`b."createdAt"`,
};

/**
 * Lists the user's own bookmarks only, whatever the filter. A bookmark stays when its article becomes a draft, and
 * works again once the article is published again; meanwhile it reveals only the article's id.
 *
 * @returns a page of bookmarks, the newest first by default.
 * @see bkend: data, list; blog cookbook, bookmarks
 */
export async function listBookmarks(query: BookmarkListQuery, userId: string): Promise<Page<Bookmark>> {
  const own = Prisma.sql`b."createdBy" = ${userId}`;
  return readPage<Bookmark>(
    {
      columns: Prisma.join(Object.values(fields)),
      from: Prisma.sql`"Bookmark" b`,
      where: Prisma.join([own, ...conditionsOf(query, fields)], " AND "),
      orderBy: orderOf(query, fields),
    },
    query,
  );
}
