import "server-only";
import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/core/db";
import type { AuditAction, AuditDetails } from "./contract";

/** What an admin does to another user, to their article or to an invitation. */
type AuditRecord = {
  action: AuditAction;
  targetId: string;
  /** The user who is changed, or the author of the article; null without one. */
  ownerId: string | null;
  details: AuditDetails;
};

/**
 * Records what an admin or a secret key does, in the transaction that does it. What admins do to their own account and
 * articles is not recorded.
 */
export async function recordAudit(
  actor: Pick<Actor, "userId" | "isAdmin">,
  { action, targetId, ownerId, details }: AuditRecord,
  tx: Transaction,
): Promise<void> {
  if (!actor.isAdmin || (ownerId !== null && ownerId === actor.userId)) return;
  const [targetType = ""] = action.split(".");
  await tx.auditEntry.create({
    data: { action, actorId: actor.userId, targetType, targetId, details },
    select: { id: true },
  });
}
