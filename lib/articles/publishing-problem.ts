import "server-only";
import type { Actor } from "@/lib/access/actor";
import { env } from "@/lib/config/env";

/** @returns why an actor may not publish (the setting `PUBLISHING`), or null if they may. */
export function publishingProblem({
  isAdmin,
  isConfirmed,
}: Actor): "auth/email-not-verified" | "data/permission-denied" | null {
  const { PUBLISHING } = env();
  if (isAdmin || PUBLISHING === "members") return null;
  if (PUBLISHING === "admins") return "data/permission-denied";
  return isConfirmed ? null : "auth/email-not-verified";
}
