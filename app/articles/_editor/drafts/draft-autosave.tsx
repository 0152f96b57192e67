"use client";

import type { ReactNode } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { DraftOffer } from "./draft-offer";
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
  useLeaveGuard(hasUnsavedChanges, messages.leave);
  return (
    <>
      {offered && (
        <DraftOffer
          savedAt={offered.savedAt}
          onRestore={() => restore(offered)}
          onDiscard={() => discard(offered)}
        />
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
