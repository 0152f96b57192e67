"use client";

import type { ReactNode } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { fillIn } from "@/lib/i18n/fill-in";
import { formatTime } from "./format-time";
import { SignInAgain } from "./sign-in-again";
import { useDrafts } from "./use-drafts";
import { useLeaveGuard } from "./use-leave-guard";

/**
 * Saves unsaved changes as a draft in this browser, offers to restore them later, and asks before the user leaves
 * without saving.
 *
 * @param subject the user and the article of the draft.
 */
export function DraftAutosave({ subject, children }: { subject: string; children: ReactNode }) {
  const { messages, isWaiting } = useEditor();
  const { offered, restore, discard, hasUnsavedChanges, isKept } = useDrafts(subject);
  useLeaveGuard(hasUnsavedChanges, isKept ? messages.leave : messages.leaveUnkept);
  return (
    <>
      <div className="with-margin">
        <div className="in-column min-w-0">
          <SignInAgain opensTab={isKept === false} />
        </div>
      </div>
      {offered && (
        <div className="with-margin">
          <section
            role="status"
            className="in-column mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-y border-rule py-3"
          >
            <p className="min-w-0 flex-1 basis-64">
              {fillIn(messages.draftOffer, {
                when: formatTime(offered.savedAt, document.documentElement.lang),
              })}
            </p>
            <div className="flex gap-3">
              <button type="button" className="button" onClick={() => restore(offered)}>
                {messages.restoreDraft}
              </button>
              <button type="button" className="target px-3 text-muted" onClick={() => discard(offered)}>
                {messages.discardDraft}
              </button>
            </div>
          </section>
        </div>
      )}
      {children}
      <div className="with-margin">
        <p aria-live="polite" className="in-column mt-3 min-h-5 text-13 text-muted">
          {isWaiting
            ? messages.waitForUploads
            : isKept !== undefined && (isKept ? messages.draftKept : messages.draftNotKept)}
        </p>
      </div>
    </>
  );
}
