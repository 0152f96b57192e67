import type { User } from "@/lib/users/contract";

/** Hidden fields with the user to change and the version that the admin sees: no later change is overwritten. */
export function TargetFields({ user }: { user: User }) {
  return (
    <>
      <input type="hidden" name="userId" value={user.id} />
      <input type="hidden" name="updatedAt" value={user.updatedAt?.toISOString()} />
    </>
  );
}
