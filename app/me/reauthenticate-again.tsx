"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";

/** Links to reauthentication or sign-in if recent authentication or the session expired while the form was open. */
export function ReauthenticateAgain({ reauthenticate, signIn }: { reauthenticate: string; signIn: string }) {
  const query = new URLSearchParams({ returnTo: usePathname() });
  const code = useFormError();
  if (code !== "auth/reauthentication-required" && code !== "auth/unauthorized") return null;
  const isSignedOut = code === "auth/unauthorized";
  return (
    <p className="-mt-4 mb-4">
      <Link href={isSignedOut ? `/signin?${query}` : `/reauthenticate?${query}`} className="target link">
        {isSignedOut ? signIn : reauthenticate}
      </Link>
    </p>
  );
}
