import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { Prisma } from "@/lib/core/db";
import { orderOf, readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import type { AuditEntry, AuditLogQuery } from "./contract";

/** An entry with the admin's current name; null without an admin, or after their account was deleted. */
export type NamedAuditEntry = AuditEntry & { actorName: string | null };

const columns = { id: Prisma.sql`e.id`, createdAt: Prisma.sql`e."createdAt"` };

/**
 * Lists what admins did, the newest first unless the query says otherwise.
 *
 * @throws AppError `user/forbidden` (403).
 */
export async function listAuditLog(query: AuditLogQuery, actor: Actor): Promise<Page<NamedAuditEntry>> {
  requireAdmin(actor);
  const { action, actorId, targetId } = query;
  const conditions = [
    Prisma.sql`TRUE`,
    ...(action ? [Prisma.sql`e.action = ${action}`] : []),
    ...(actorId ? [Prisma.sql`e."actorId" = ${actorId}`] : []),
    ...(targetId ? [Prisma.sql`e."targetId" = ${targetId}`] : []),
  ];
  return readPage<NamedAuditEntry>(
    {
      columns: Prisma.sql`e.id, e.action, e."actorId", e."targetType", e."targetId", e.details, e."createdAt",
                          u.name AS "actorName"`,
      from: Prisma.sql`"AuditEntry" e LEFT JOIN "User" u ON u.id = e."actorId"`,
      where: Prisma.join(conditions, " AND "),
      orderBy: orderOf(query, columns),
    },
    query,
  );
}
