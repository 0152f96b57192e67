"use client";

import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { fillIn } from "@/lib/i18n/fill-in";
import { formatTime } from "./format-time";

/** Offers to restore unsaved changes. */
export function DraftOffer({
  savedAt,
  onRestore,
  onDiscard,
}: {
  savedAt: string;
  onRestore: () => void;
  onDiscard: () => void;
}) {
  const { messages } = useEditor();
  return (
    <div className="with-margin">
      <section
        role="status"
        className="in-column mb-6 flex flex-wrap items-center gap-x-6 gap-y-2 border-y border-rule py-3"
      >
        <p className="min-w-0 flex-1 basis-64">
          {fillIn(messages.draftOffer, { when: formatTime(savedAt, document.documentElement.lang) })}
        </p>
        <div className="flex gap-3">
          <button type="button" className="button" onClick={onRestore}>
            {messages.restoreDraft}
          </button>
          <button type="button" className="target px-3 text-muted" onClick={onDiscard}>
            {messages.discardDraft}
          </button>
        </div>
      </section>
    </div>
  );
}
