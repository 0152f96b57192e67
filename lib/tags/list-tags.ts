import "server-only";
import { Prisma } from "@/lib/core/db";
import { conditionsOf, orderOf, readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import type { Tag, TagListQuery } from "./contract";
import { tagColumns, tagFields } from "./tag-rows";

/**
 * Lists the tags of all users, or those that a filter selects.
 *
 * @returns a page of tags, the newest first by default.
 * @see bkend: data, list
 */
export async function listTags(query: TagListQuery): Promise<Page<Tag>> {
  return readPage<Tag>(
    {
      columns: tagColumns,
      from: Prisma.sql`"Tag" t`,
      where: Prisma.join([Prisma.sql`TRUE`, ...conditionsOf(query, tagFields)], " AND "),
      orderBy: orderOf(query, tagFields),
    },
    query,
  );
}
