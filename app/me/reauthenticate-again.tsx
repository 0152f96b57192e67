"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";

/** Links to reauthentication or sign-in if recent authentication or the session expired while the form was open. */
export function ReauthenticateAgain({ reauthenticate, signIn }: { reauthenticate: string; signIn: string }) {
  const query = new URLSearchParams({ returnTo: usePathname() });
  const code = useFormError();
  if (code !== "auth/reauthentication-required" && code !== "auth/unauthorized") return null;
  return (
    <p className="-mt-4 mb-4">
      {code === "auth/unauthorized" ? (
        <Link href={`/signin?${query}`} className="target link">
          {signIn}
        </Link>
      ) : (
        <ReauthenticateLink label={reauthenticate} />
      )}
    </p>
  );
}

/** Links to reauthentication and back. */
export function ReauthenticateLink({ label }: { label: string }) {
  const query = new URLSearchParams({ returnTo: usePathname() });
  return (
    <Link href={`/reauthenticate?${query}`} className="target link">
      {label}
    </Link>
  );
}
