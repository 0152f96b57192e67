import { AppError } from "@/lib/core/errors";
import type { Actor } from "./actor";

/**
 * Rejects the role `guest`, which reads and keeps bookmarks, and writes neither articles nor tags.
 *
 * @throws AppError `data/permission-denied` (403).
 */
export function requireWriter(actor: Pick<Actor, "role">): void {
  if (!isWriter(actor)) throw new AppError("data/permission-denied");
}

/** @returns whether a role may write articles and tags: every role except `guest`. */
export function isWriter({ role }: Pick<Actor, "role">): boolean {
  return role !== "guest";
}

/** @returns whether the actor may change a visible record: as its author with a writing role, or as an admin. */
export function canEdit({ createdBy }: { createdBy: string | null }, actor: Actor): boolean {
  return actor.isAdmin || (isWriter(actor) && actor.userId !== null && createdBy === actor.userId);
}

/**
 * The same rule as a condition on records.
 *
 * @throws AppError `auth/unauthorized` (401) where there is no user.
 */
export function changeableBy(actor: Actor): { createdBy?: string } {
  if (actor.isAdmin) return {};
  if (actor.userId === null) throw new AppError("auth/unauthorized");
  // No ID is empty: a missing record is reported before missing rights.
  return { createdBy: isWriter(actor) ? actor.userId : "" };
}
