import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { Prisma } from "@/lib/core/db";
import { escapePattern, orderOf, readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import { searchInTurn } from "@/lib/lists/search-turns";
import type { User, UserListQuery } from "./contract";
import { toUser, type UserRow, userColumns } from "./get-user";

const columns = {
  id: Prisma.sql`u.id`,
  createdAt: Prisma.sql`u."createdAt"`,
  updatedAt: Prisma.sql`u."updatedAt"`,
  name: Prisma.sql`u.name`,
  nickname: Prisma.sql`u.nickname`,
  email: Prisma.sql`u.email`,
  role: Prisma.sql`u.role`,
};

/**
 * Lists users for an admin, the newest first unless the query says otherwise.
 *
 * @throws AppError `user/forbidden` (403).
 * @see bkend: users, list
 */
export async function listUsers(query: UserListQuery, actor: Actor): Promise<Page<User>> {
  requireAdmin(actor);
  const read = () =>
    readPage<UserRow>(
      {
        columns: userColumns,
        from: Prisma.sql`"User" u`,
        where: whereOf(query),
        orderBy: orderOf(query, columns),
      },
      query,
    );
  const { items, pagination } = await (query.search === "" ? read() : searchInTurn(read));
  return { items: items.map((row) => toUser(row, actor)), pagination };
}

function whereOf({ search, searchType, role, banned }: UserListQuery): Prisma.Sql {
  const conditions = [Prisma.sql`TRUE`];
  if (role) conditions.push(Prisma.sql`u.role = ${role}::"Role"`);
  if (banned !== undefined) conditions.push(Prisma.sql`(u."bannedAt" IS NOT NULL) = ${banned}`);
  if (search !== "") {
    const pattern = `%${escapePattern(search)}%`;
    const fields = searchType ? [searchType] : (["name", "nickname", "email"] as const);
    const tests = fields.map((field) => Prisma.sql`${columns[field]} ILIKE ${pattern}`);
    conditions.push(Prisma.sql`(${Prisma.join(tests, " OR ")})`);
  }
  return Prisma.join(conditions, " AND ");
}
