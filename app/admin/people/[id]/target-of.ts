import type { User } from "@/lib/users/contract";

/** The hidden fields with the user to change and the version that the admin sees: no later change is overwritten. */
export function targetOf({ id, updatedAt }: User) {
  return { userId: id, updatedAt: updatedAt?.toISOString() };
}
