import "server-only";
import { requireSecondFactor } from "@/lib/auth/factors/second-factor";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { recordReauthentication } from "@/lib/auth/sessions/record-reauthentication";
import type { Client } from "@/lib/core/client";
import { AppError } from "@/lib/core/errors";
import { log } from "@/lib/runtime/log";
import type { ReauthenticationInput } from "./contract";
import { requireCurrentPassword } from "./current-password";

/**
 * Verifies the identity of a signed-in user again, before a sign-in method is added or removed. A user without a
 * password signs in again instead.
 *
 * @throws AppError `auth/invalid-credentials` (401), `auth/too-many-requests` (429), `common/unavailable` (503), and as
 *   `requireSecondFactor`.
 */
export async function reauthenticate(
  { password, mfaCode }: ReauthenticationInput,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  const passwordHash = await requireCurrentPassword(password, user, "password");
  await requireSecondFactor(user, mfaCode, client);
  // The password was changed meanwhile, or the session has ended.
  if (!(await recordReauthentication(user, passwordHash))) throw new AppError("auth/invalid-credentials");
  log.info("auth.reauthenticated", { userId: user.id }, client);
}
