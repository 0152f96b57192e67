import "server-only";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { hashSecret } from "@/lib/crypto/secrets";
import type { Role } from "@/lib/generated/prisma/enums";

/** The token of an invitation, with the address of the account to create. */
export type InvitationToken = { token: string; email: string };

/** What an invitation grants to the account that it creates. */
export type AcceptedInvitation = { id: string; role: Role; name: string | null };

/**
 * Looks up an invitation without consuming it: before costly work, and to report an error early.
 *
 * @returns its id, and the name that the admin gave.
 * @throws AppError `auth/invalid-token` (401), also for another address and after it was revoked or replaced;
 *   `auth/invitation-already-accepted` (400), `auth/invitation-expired` (400).
 */
export async function requireInvitation(
  { token, email }: InvitationToken,
  tx: Transaction = db,
): Promise<{ id: string; name: string | null }> {
  const found = await tx.invitation.findUnique({
    where: { tokenHash: hashSecret(token), email },
    select: { id: true, name: true, acceptedAt: true, revokedAt: true, expiresAt: true },
  });
  const code = errorCodeOf(found);
  if (code || !found) throw new AppError(code ?? "auth/invalid-token");
  return { id: found.id, name: found.name };
}

/** @returns the invitation, or why it would be rejected. It is not consumed. */
export async function findInvitation({
  token,
  email,
}: InvitationToken): Promise<{ name: string | null } | ErrorCode> {
  try {
    return await requireInvitation({ token, email });
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

/**
 * Consumes an invitation by its token: of many concurrent callers one succeeds. Call `applyInvitation` once the account
 * exists.
 *
 * @throws AppError as `requireInvitation`.
 */
export async function consumeInvitation(
  { token, email }: InvitationToken,
  tx: Transaction,
): Promise<AcceptedInvitation> {
  const condition = Prisma.sql`"tokenHash" = ${hashSecret(token)} AND email = ${email}`;
  const accepted = await consumeWhere(condition, tx);
  if (accepted) return accepted;
  await requireInvitation({ token, email }, tx);
  // Pending again when it was read: an admin has replaced it meanwhile.
  throw new AppError("auth/invalid-token");
}

/**
 * The same for the invitation that a sign-in link was requested with.
 *
 * @returns null if it is not pending any more.
 */
export async function consumeLinkedInvitation(
  { invitationId, email }: { invitationId: string; email: string },
  tx: Transaction,
): Promise<AcceptedInvitation | null> {
  return consumeWhere(Prisma.sql`id = ${invitationId} AND email = ${email}`, tx);
}

/**
 * Grants the role of an invitation to its new account. From then on, the invitation is deleted with the account. An
 * admin whose unverified account is taken over stays one: they may be the last.
 */
export async function applyInvitation(
  { id, role }: AcceptedInvitation,
  userId: string,
  tx: Transaction,
): Promise<void> {
  await tx.user.updateMany({ where: { id: userId, role: { not: "admin" } }, data: { role } });
  await tx.invitation.updateMany({ where: { id }, data: { acceptedById: userId } });
}

async function consumeWhere(condition: Prisma.Sql, tx: Transaction): Promise<AcceptedInvitation | null> {
  const [accepted] = await tx.$queryRaw<AcceptedInvitation[]>(Prisma.sql`
    UPDATE "Invitation" SET "acceptedAt" = now()
     WHERE ${condition} AND "acceptedAt" IS NULL AND "revokedAt" IS NULL AND "expiresAt" > now()
    RETURNING id, role::text, name`);
  return accepted ?? null;
}

function errorCodeOf(
  found: { acceptedAt: Date | null; revokedAt: Date | null; expiresAt: Date } | null,
): ErrorCode | null {
  if (!found || found.revokedAt) return "auth/invalid-token";
  if (found.acceptedAt) return "auth/invitation-already-accepted";
  return found.expiresAt > new Date() ? null : "auth/invitation-expired";
}
