"use client";

import { type FormEvent, useEffect, useState } from "react";
import { sessionTokens } from "@/lib/client/session-tokens";
import { fillInCount } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages/en";
import { countDraftsOf, deleteDraftsOf } from "../articles/_editor/drafts/stored-drafts";

/**
 * Signs out and removes the data of the account from this browser, including unsaved drafts unless the user keeps
 * them. Without JavaScript there are no drafts.
 */
export function SignOutForm({
  userId,
  messages,
}: {
  userId: string;
  messages: Messages["me"]["signOutForm"];
}) {
  const [drafts, setDrafts] = useState(0);
  const [isSigningOut, setIsSigningOut] = useState(false);

  useEffect(() => setDrafts(countDraftsOf(userId)), [userId]);

  async function signOut(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isSigningOut) return;
    setIsSigningOut(true);
    const form = event.currentTarget;
    const keepsDrafts = new FormData(form).has("keepDrafts");
    const response = await fetch(form.action, { method: "POST", redirect: "manual" }).catch(() => null);
    // On an error or no response, submits as a plain form: the browser then shows the error page.
    if (response?.type !== "opaqueredirect") return form.submit();
    if (!keepsDrafts) deleteDraftsOf(userId);
    sessionTokens.clear(); // part: api-reference, tutorial
    // Replaces the history entry of this page, whose source contains the account.
    window.location.replace("/");
  }

  return (
    <form action="/signout" method="post" onSubmit={signOut} className="flex flex-wrap items-center gap-x-5">
      <button type="submit" className="button" aria-disabled={isSigningOut || undefined}>
        {isSigningOut ? messages.signingOut : messages.signOut}
      </button>
      {drafts > 0 && (
        <div>
          <label className="target gap-3">
            <input type="checkbox" name="keepDrafts" className="size-5 shrink-0 accent-accent" />
            {fillInCount(messages.keepDrafts, drafts)}
          </label>
          <p className="text-13 text-muted">{messages.keepDraftsHelp}</p>
        </div>
      )}
    </form>
  );
}
