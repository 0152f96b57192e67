import "server-only";
import { db } from "@/lib/db";
import type { Client } from "@/lib/http/client";
import { ApiError } from "@/lib/http/errors";
import { forgive, limit } from "@/lib/http/rate-limit";
import { log } from "@/lib/log";
import type { CurrentUser } from "./guard";
import type { ReauthenticationInput } from "./password-contract";
import { verifyPassword } from "./passwords";
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
  // The same count as at sign-in: a stolen session is no way around it.
  await limit("signInFailure", user.email);
  const { passwordHash } = await db.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { passwordHash: true },
  });
  const isRight = await verifyPassword(password, passwordHash);
  if (passwordHash === null || !isRight || !(await renewProof(user, passwordHash))) {
    throw new ApiError("auth/invalid-credentials", {
      problems: [{ path: "password", message: "wrongPassword" }],
    });
  }
  await forgive("signInFailure", user.email);
  log.info("auth.reauthenticated", { userId: user.id, ip: client.ip, requestId: client.requestId });
}
