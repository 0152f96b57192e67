import { ApiError } from "@/lib/http/errors";
import type { Actor } from "./actor";

/**
 * The condition that a record may be changed by somebody: it is their own, or they are an admin.
 *
 * @throws ApiError `auth/unauthorized` (401) for a guest.
 */
export function changeableBy(actor: Actor): { createdBy?: string } {
  if (actor.isAdmin) return {};
  if (actor.userId === null) throw new ApiError("auth/unauthorized");
  return { createdBy: actor.userId };
}
