import "server-only";
import { db } from "@/lib/db";
import { queueMail } from "@/lib/email/outbox";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { actorOf } from "./actor";
import { requireCurrentPassword } from "./current-password";
import { revokeEmailTokens } from "./email-tokens";
import { cancelAddressChange } from "./email-verification";
import type { CurrentUser } from "./guard";
import { holdSession } from "./hold-session";
import type { PasswordChangeInput } from "./password-contract";
import { hashPassword } from "./passwords";
import { endSessions } from "./sessions";

/**
 * Changes the password of somebody who is signed in and knows the old one. Their other sessions end, and so does
 * a change of address that was under way.
 *
 * @throws ApiError `auth/invalid-credentials` (401), `auth/same-password` (400), `auth/too-many-requests` (429),
 *   `common/unavailable` (503), and as `holdSession`.
 * @see bkend: authentication, password change
 */
export async function changePassword(
  { currentPassword, newPassword }: PasswordChangeInput,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  const passwordHash = await requireCurrentPassword(currentPassword, user);
  if (newPassword === currentPassword.normalize("NFC")) throw new ApiError("auth/same-password");
  const newHash = await hashPassword(newPassword);

  await db.$transaction(async (tx) => {
    await holdSession(actorOf(user), tx);
    // Only over the password that was just proved: of two changes at once, one wins.
    const { count } = await tx.user.updateMany({
      where: { id: user.id, passwordHash },
      data: { passwordHash: newHash },
    });
    if (count === 0) throw new ApiError("auth/invalid-credentials");
    await endSessions(user.id, tx, { exceptSessionId: user.sessionId });
    await revokeEmailTokens(user.id, tx, "reset-password");
    // Whoever was in one of those sessions may have asked for an address of their own.
    await cancelAddressChange(user, tx);
    const { name, locale } = await tx.user.findUniqueOrThrow({
      where: { id: user.id },
      select: { name: true, locale: true },
    });
    await queueMail({ to: user.email, template: "password-changed", locale, data: { name } }, tx);
  });

  log.info("auth.password-changed", { userId: user.id, ip: client.ip, requestId: client.requestId });
}
