"use client";

import { type ReactNode, useEffect, useRef, useState } from "react";
import { previewArticle } from "./actions";

type Words = { open: string; close: string; working: string; empty: string; failed: string };

/** How long somebody has to stop typing before the preview follows. */
const pauseMilliseconds = 500;

/** Shows, as long as it is open, how the text of a field of the form around it will look. */
export function Preview({ field, words }: { field: string; words: Words }) {
  const [isOpen, setOpen] = useState(false);
  const [content, setContent] = useState<ReactNode>(null);
  const place = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const form = place.current?.closest("form");
    const input = form?.elements.namedItem(field);
    if (!isOpen || !(input instanceof HTMLTextAreaElement)) return;

    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = async () => {
      const shown =
        input.value.trim() === "" ? words.empty : await previewArticle(input.value).catch(() => null);
      if (isCurrent) setContent(shown ?? words.failed);
    };
    const showSoon = () => {
      clearTimeout(timer);
      timer = setTimeout(show, pauseMilliseconds);
    };

    setContent(words.working);
    show();
    input.addEventListener("input", showSoon);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      input.removeEventListener("input", showSoon);
    };
  }, [isOpen, field, words]);

  return (
    <div ref={place} className="needs-script mt-4">
      <button
        type="button"
        className="target link text-muted hover:text-accent"
        aria-expanded={isOpen}
        aria-controls="preview"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? words.close : words.open}
      </button>
      <div id="preview" hidden={!isOpen} className="mt-2 border-t border-rule pt-6">
        {content}
      </div>
    </div>
  );
}
