import "server-only";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { log } from "@/lib/log";
import { requireCurrentPassword } from "./current-password";
import type { CurrentUser } from "./guard";
import type { ReauthenticationInput } from "./password-contract";
import { renewProof } from "./sessions";

/**
 * Has a signed-in user prove once more who they are: what gives or takes a way into the account asks for it. A user
 * without a password signs in again instead.
 *
 * @throws ApiError `auth/invalid-credentials` (401), `auth/too-many-requests` (429), `common/unavailable` (503).
 */
export async function reauthenticate(
  { password }: ReauthenticationInput,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  const passwordHash = await requireCurrentPassword(password, user, "password");
  // Changed meanwhile, or the session has ended.
  if (!(await renewProof(user, passwordHash))) throw new ApiError("auth/invalid-credentials");
  log.info("auth.reauthenticated", { userId: user.id, ip: client.ip, requestId: client.requestId });
}
