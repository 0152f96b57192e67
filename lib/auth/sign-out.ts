import "server-only";
import type { Client } from "@/lib/core/client";
import { log } from "@/lib/runtime/log";
import { endSession } from "./sessions/sessions";

/** Ends the session that a user is signed in with: both its tokens stop working with the next request. */
export async function signOut(user: { id: string; sessionId: string }, client: Client): Promise<void> {
  await endSession(user.sessionId);
  log.info("auth.signed-out", { userId: user.id }, client);
}
