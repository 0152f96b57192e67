"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";

/** Links a user whose session has ended to sign-in and back. What they wrote is kept until then. */
export function SignInAgain({ words }: { words: { signIn: string } }) {
  const returnTo = usePathname();
  if (useFormError() !== "auth/unauthorized") return null;
  const address = `/signin?${new URLSearchParams({ returnTo })}`;
  return (
    <p className="-mt-4 mb-4">
      <Link href={address} data-keeps-draft className="target link needs-script">
        {words.signIn}
      </Link>
      {/* Without a script nothing is kept but this page itself. */}
      <a href={address} target="_blank" rel="noopener" className="target link needs-no-script">
        {words.signIn}
      </a>
    </p>
  );
}
