"use client";

import { usePathname } from "next/navigation";
import { useFormError } from "@/app/_components/forms/client-form";
import { Link } from "@/app/_components/ui/link";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";

/**
 * A link to sign-in and back for a user whose session has ended. The draft is kept meanwhile.
 *
 * @param opensTab whether only this page keeps what was typed, so that the link opens in a new tab.
 */
export function SignInAgain({ opensTab }: { opensTab: boolean }) {
  const { messages } = useEditor();
  const returnTo = usePathname();
  if (useFormError() !== "auth/unauthorized") return null;
  const signInPath = `/signin?${new URLSearchParams({ returnTo })}` as const;
  return (
    <p className="-mt-4 mb-4">
      {!opensTab && (
        <Link href={signInPath} data-keeps-draft className="target link needs-script">
          {messages.signIn}
        </Link>
      )}
      {/* Without JavaScript, there are no drafts. */}
      <a
        href={signInPath}
        target="_blank"
        rel="noopener"
        className={opensTab ? "target link" : "target link needs-no-script"}
      >
        {messages.signIn}
      </a>
    </p>
  );
}
