import "server-only";
import type { Actor } from "@/lib/access/actor";
import { requireAdmin } from "@/lib/access/require-admin";
import { recordAudit } from "@/lib/audit/record-audit";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import type { Client } from "@/lib/core/client";
import { db, Prisma, type Transaction } from "@/lib/core/db";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { isWithinLimit } from "@/lib/core/rate-limit";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";
import { queueMail } from "@/lib/email/outbox";
import { readPage } from "@/lib/lists/list-queries";
import type { Page } from "@/lib/lists/pagination";
import { log } from "@/lib/runtime/log";
import type { Invitation, InvitationInput, InvitationQuery } from "./contract";

/** The email states this period. */
const validDays = 7;

const status = Prisma.sql`CASE WHEN "acceptedAt" IS NOT NULL THEN 'accepted' WHEN "revokedAt" IS NOT NULL THEN 'revoked'
  WHEN "expiresAt" <= now() THEN 'expired' ELSE 'pending' END`;

const columns = Prisma.sql`id, email, name, role::text, ${status} AS status, "expiresAt", "invitedBy", "createdAt"`;

/**
 * Invites a person by email to open an account. A pending invitation of the same address is replaced. Beyond the limit
 * of emails to one address, nothing is mailed and the last mailed link keeps working.
 *
 * @throws AppError `user/forbidden` (403), `auth/email-already-exists` (409), and as `lockSession`.
 * @see bkend: authentication, invitations
 */
export async function createInvitation(
  { email, name, role }: InvitationInput,
  actor: Actor,
  client: Client,
): Promise<Invitation> {
  requireAdmin(actor);
  const mayMail = await isWithinLimit("mailAccount", `invitation ${email}`);
  const token = newSecret();
  const invitation = await db.$transaction(async (tx) => {
    // Without a target, the admin's role is looked up again.
    await lockSession(actor, tx, null);
    const holder = await tx.user.findUnique({ where: { email }, select: { id: true } });
    if (holder) throw new AppError("auth/email-already-exists");
    const [invitation] = await tx.$queryRaw<Invitation[]>(Prisma.sql`
      INSERT INTO "Invitation" AS i (id, email, name, role, "tokenHash", "invitedBy", "expiresAt")
      VALUES (${crypto.randomUUID()}, ${email}, ${name ?? null}, ${role}::"Role", ${hashSecret(token)}, ${actor.userId},
              now() + ${validDays} * interval '1 day')
      ON CONFLICT (email) WHERE "acceptedAt" IS NULL AND "revokedAt" IS NULL DO UPDATE
        SET id = EXCLUDED.id, name = EXCLUDED.name, role = EXCLUDED.role, "invitedBy" = EXCLUDED."invitedBy",
            "expiresAt" = EXCLUDED."expiresAt", "createdAt" = EXCLUDED."createdAt",
            "tokenHash" = CASE WHEN ${mayMail}::boolean THEN EXCLUDED."tokenHash" ELSE i."tokenHash" END
      RETURNING ${columns}`);
    if (!invitation) throw new Error("The invitation was not returned.");
    const record = { targetId: invitation.id, ownerId: null, details: { email, role } };
    await recordAudit(actor, { action: "invitation.created", ...record }, tx);
    if (mayMail) {
      await queueMail(
        { to: email, template: "invitation", locale: client.locale, name: name ?? "", token },
        tx,
      );
    }
    return invitation;
  });
  log.info("auth.invited", { invitationId: invitation.id, by: actor.userId, requestId: client.requestId });
  return invitation;
}

/**
 * Lists invitations, newest first.
 *
 * @throws AppError `user/forbidden` (403).
 * @see bkend: authentication, invitations
 */
export async function listInvitations(query: InvitationQuery, actor: Actor): Promise<Page<Invitation>> {
  requireAdmin(actor);
  return readPage<Invitation>(
    {
      columns,
      from: Prisma.sql`"Invitation"`,
      where: query.status ? Prisma.sql`${status} = ${query.status}` : Prisma.sql`TRUE`,
      orderBy: Prisma.sql`"createdAt" DESC, id DESC`,
    },
    query,
  );
}

/**
 * Revokes an invitation: its link stops working.
 *
 * @throws AppError `auth/invitation-not-found` (404), also for one that was revoked before; `user/forbidden` (403),
 *   `auth/invitation-already-accepted` (400), and as `lockSession`.
 * @see bkend: authentication, invitations
 */
export async function revokeInvitation(id: string, actor: Actor, client: Client): Promise<void> {
  const found = await db.invitation.findUnique({
    where: { id, revokedAt: null },
    select: { email: true, role: true },
  });
  if (!found) throw new AppError("auth/invitation-not-found");
  requireAdmin(actor);
  await db.$transaction(async (tx) => {
    await lockSession(actor, tx, null);
    const { count } = await tx.invitation.updateMany({
      where: { id, acceptedAt: null, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    if (count === 0) throw new AppError(await notRevocableCode(id, tx));
    await recordAudit(
      actor,
      { action: "invitation.revoked", targetId: id, ownerId: null, details: found },
      tx,
    );
  });
  log.info("auth.invitation-revoked", { invitationId: id, by: actor.userId, requestId: client.requestId });
}

async function notRevocableCode(id: string, tx: Transaction): Promise<ErrorCode> {
  const accepted = await tx.invitation.count({ where: { id, acceptedAt: { not: null } } });
  return accepted > 0 ? "auth/invitation-already-accepted" : "auth/invitation-not-found";
}
