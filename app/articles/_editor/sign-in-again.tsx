"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";
import { useEditor } from "./context/editor-provider";

/** Links a user whose session has ended to sign-in and back. Their text is kept until then. */
export function SignInAgain() {
  const { messages } = useEditor();
  const returnTo = usePathname();
  if (useFormError() !== "auth/unauthorized") return null;
  const address = `/signin?${new URLSearchParams({ returnTo })}` as const;
  return (
    <p className="-mt-4 mb-4">
      <Link href={address} data-keeps-draft className="target link needs-script">
        {messages.signIn}
      </Link>
      {/* Without JavaScript only this page keeps what was typed. */}
      <a href={address} target="_blank" rel="noopener" className="target link needs-no-script">
        {messages.signIn}
      </a>
    </p>
  );
}
