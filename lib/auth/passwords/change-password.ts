import "server-only";
import { actorOf } from "@/lib/access/actor";
import { revokeEmailTokens } from "@/lib/auth/email/email-tokens";
import { cancelAddressChange } from "@/lib/auth/email/email-verification";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { lockSession } from "@/lib/auth/sessions/lock-session";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { log } from "@/lib/runtime/log";
import { normalizeText } from "@/lib/runtime/normalize-text";
import type { PasswordChangeInput } from "./contract";
import { requireCurrentPassword } from "./current-password";
import { hashPassword } from "./passwords";

/**
 * Changes the password of a signed-in user who knows the old one. Their other sessions end, and a
 * pending change of address is cancelled.
 *
 * @throws AppError `auth/invalid-credentials` (401), `auth/same-password` (400), `auth/too-many-requests` (429),
 *   `common/unavailable` (503), and as `lockSession`.
 * @see bkend: authentication, password change
 */
export async function changePassword(
  { currentPassword, newPassword }: PasswordChangeInput,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  const passwordHash = await requireCurrentPassword(currentPassword, user);
  if (newPassword === normalizeText(currentPassword)) throw new AppError("auth/same-password");
  const newHash = await hashPassword(newPassword);
  const queueNotice = await prepareNotice(user, { template: "password-changed" });

  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    // Only if the password is still the one that was just verified: of two concurrent changes, one wins.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, passwordHash },
      data: { passwordHash: newHash, passwordChangedAt: new Date() },
    });
    if (count === 0) throw new AppError("auth/invalid-credentials");
    await endSessions(user.id, tx, { id: { not: user.sessionId } });
    await revokeEmailTokens(user.id, tx, "reset-password");
    // An intruder in one of those sessions may have requested a change to their own address.
    await cancelAddressChange(user, tx);
    await queueNotice(tx);
  });

  log.info("auth.password-changed", { userId: user.id }, client);
}
