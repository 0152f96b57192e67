"use client";

import { type FormEvent, useEffect, useState } from "react";
import { sessionTokens } from "@/lib/client/session-tokens";
import { fillInCount } from "@/lib/i18n/fill-in";
import type { Messages } from "@/lib/i18n/messages/en";
import { countDraftsOf, deleteDraftsOf } from "../articles/_editor/drafts/stored-drafts";

/**
 * Signs out and leaves nothing of the account in this browser. Unsaved drafts are removed as well, unless the user keeps
 * them; without JavaScript there are none.
 */
export function SignOutForm({
  userId,
  messages,
}: {
  userId: string;
  messages: Messages["me"]["signOutForm"];
}) {
  const [drafts, setDrafts] = useState(0);
  const [isLeaving, setIsLeaving] = useState(false);

  useEffect(() => setDrafts(countDraftsOf(userId)), [userId]);

  async function leave(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (isLeaving) return;
    setIsLeaving(true);
    const form = event.currentTarget;
    const areKept = new FormData(form).has("keepDrafts");
    const answer = await fetch(form.action, { method: "POST", redirect: "manual" }).catch(() => null);
    // Refused, or no answer: submitted as a plain form, the browser shows the error page.
    if (answer?.type !== "opaqueredirect") return form.submit();
    if (!areKept) deleteDraftsOf(userId);
    sessionTokens.clear(); // part: api-reference, tutorial
    // In place of this page, whose source names the account.
    window.location.replace("/");
  }

  return (
    <form action="/signout" method="post" onSubmit={leave} className="flex flex-wrap items-center gap-x-5">
      <button type="submit" className="button" aria-disabled={isLeaving || undefined}>
        {isLeaving ? messages.signingOut : messages.signOut}
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
