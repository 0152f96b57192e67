import "server-only";
import type { Actor } from "@/lib/access/actor";
import type { Transaction } from "@/lib/core/db";
import type { AuditAction, AuditDetails } from "./contract";

/** An action of an admin on another user, their article or an invitation. */
type AuditRecord = {
  action: AuditAction;
  targetId: string;
  /** The user who is changed, or the author of the article; null if there is none. */
  ownerId: string | null;
  details: AuditDetails;
};

/**
 * Records what an admin or a secret key does, in the same transaction. What admins do to their own account and
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
