"use client";

import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { previewArticle } from "@/app/articles/actions";

export type PreviewMessages = Record<"previewing" | "previewEmpty" | "previewFailed", string>;

/** The minimum time between two requests, so that continuous typing does not exceed the rate limit. */
const pauseMilliseconds = 250;

/**
 * Shows how the text of a field will look, and follows it. One question is under way at a time: what is typed
 * meanwhile waits for its answer, and only the last of it is asked about, so no answer is ever out of date.
 */
export function Preview({
  field,
  isOpen,
  words,
}: {
  field: RefObject<HTMLTextAreaElement | null>;
  /** While it is not looked at, it asks for nothing, and keeps what it showed. */
  isOpen: boolean;
  words: PreviewMessages;
}) {
  const [shown, setShown] = useState<ReactNode>(words.previewing);
  const [isBusy, setBusy] = useState(true);

  useEffect(() => {
    const input = field.current;
    const form = input?.form;
    if (!isOpen || !input || !form) return;
    let isFollowing = true;
    let isUnderWay = false;
    let answered: string | undefined;

    const follow = async () => {
      if (isUnderWay) return;
      isUnderWay = true;
      while (isFollowing && input.value !== answered) {
        const markdown = input.value;
        setBusy(true);
        const answer = await ask(markdown, titleOf(form));
        if (!isFollowing) return;
        answered = markdown;
        setShown(answer === "empty" ? words.previewEmpty : (answer ?? words.previewFailed));
        setBusy(false);
        await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
      }
      isUnderWay = false;
    };

    follow();
    input.addEventListener("input", follow);
    return () => {
      isFollowing = false;
      input.removeEventListener("input", follow);
    };
  }, [field, isOpen, words.previewEmpty, words.previewFailed]);

  return <div aria-busy={isBusy}>{shown}</div>;
}

async function ask(content: string, title: string): Promise<ReactNode> {
  if (content.trim() === "") return "empty";
  return previewArticle({ content, title }).catch(() => null);
}

function titleOf(form: HTMLFormElement): string {
  const title = form.elements.namedItem("title");
  return title instanceof HTMLInputElement ? title.value : "";
}
