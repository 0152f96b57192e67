import type { User } from "@/lib/users/contract";

/** Names the user that a form changes, with the version that the admin sees: a change made meanwhile is not overwritten. */
export function TargetFields({ user }: { user: User }) {
  return (
    <>
      <input type="hidden" name="userId" value={user.id} />
      <input type="hidden" name="updatedAt" value={user.updatedAt?.toISOString()} />
    </>
  );
}
