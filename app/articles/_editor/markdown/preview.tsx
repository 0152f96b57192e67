"use client";

import { type ReactNode, useEffect, useState } from "react";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import { previewArticle } from "@/app/articles/actions";

/** The minimum time between two requests, so that continuous typing does not exceed the rate limit. */
const pauseMilliseconds = 250;

/**
 * Shows the text as readers will see it. One request is in flight at a time; the next one sends the latest text.
 *
 * @param isOpen while false, the hidden preview sends no request and keeps its content.
 */
export function Preview({ isOpen }: { isOpen: boolean }) {
  const {
    messages,
    values: { title, content },
  } = useEditor();
  // The preview is null if it could not be loaded, and the content if the author tries again.
  const [shown, setShown] = useState<{ content: string | null; preview: ReactNode }>();
  const [isRequesting, setRequesting] = useState(false);

  useEffect(() => {
    if (!isOpen || isRequesting || shown?.content === content) return;
    const request = async () => {
      setRequesting(true);
      setShown({ content, preview: await loadPreview() });
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      setRequesting(false);
    };
    const loadPreview = async () => {
      if (content.trim() === "") return messages.previewEmpty;
      return previewArticle({ content, title }).catch(() => null);
    };
    void request();
  }, [isOpen, isRequesting, shown, content, title, messages]);

  const isBusy = shown?.content !== content;
  const hasFailed = shown?.preview === null;
  return (
    <div aria-busy={isBusy}>
      {shown ? shown.preview : messages.previewing}
      {hasFailed && (
        <>
          <p>{messages.previewFailed}</p>
          <button
            type="button"
            className="button mt-3"
            onClick={() => setShown({ content: null, preview: null })}
          >
            {isBusy ? messages.previewing : messages.previewRetry}
          </button>
        </>
      )}
    </div>
  );
}
