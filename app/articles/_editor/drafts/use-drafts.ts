import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { useFormElement, useFormListener } from "@/app/_components/forms/client-form";
import { useEditor } from "@/app/articles/_editor/context/editor-provider";
import {
  type EditorValues,
  editorValues,
  findField,
  isSameText,
} from "@/app/articles/_editor/context/form-values";
import { withoutPlaceholders } from "@/lib/markdown/upload-placeholder";
import {
  type Draft,
  deleteDraft,
  findAbandonedDrafts,
  lockDraft,
  newDraftKey,
  saveDraft,
} from "./stored-drafts";

/**
 * Stores unsaved changes in this browser, so that they survive a crash or the end of the session, and finds the drafts
 * of closed windows.
 *
 * @param subject the user and the article, so that no user is offered another user's changes.
 * @returns the newest draft to offer, functions that restore or discard it, whether there are unsaved changes, and
 *   whether the browser has stored them.
 */
export function useDrafts(subject: string) {
  const { values, savedValues, fill } = useEditor();
  const { element: form } = useFormElement();
  const key = useRef("");
  const isSubmitted = useRef(false);
  const [found, setFound] = useState<Draft[]>([]);
  const [isKept, setKept] = useState<boolean>();
  const current = useMemo(() => draftOf(values), [values]);
  const saved = useMemo(() => savedValues && draftOf(savedValues), [savedValues]);
  const isReady = saved !== null;
  const isChanged = saved !== null && !isSameText(current, saved);

  const offerDrafts = useEffectEvent((drafts: Draft[]) => {
    const isSaved = (draft: Draft) => saved !== null && isSameText(editorValuesOf(draft), saved);
    for (const draft of drafts.filter(isSaved)) deleteDraft(draft.key);
    setFound(drafts.filter((draft) => !isSaved(draft)));
  });

  useEffect(() => {
    if (!isReady) return;
    let isMounted = true;
    key.current = newDraftKey(subject);
    const unlock = lockDraft(key.current);
    findAbandonedDrafts(subject).then((drafts) => {
      if (isMounted) offerDrafts(drafts);
    });
    return () => {
      isMounted = false;
      unlock();
    };
  }, [subject, isReady]);

  useEffect(() => {
    if (!isReady || isSubmitted.current) return;
    if (isChanged) {
      setKept(saveDraft(key.current, current));
    } else {
      deleteDraft(key.current);
      setKept(undefined);
    }
  }, [isReady, isChanged, current]);

  useFormListener({
    onSubmitted() {
      isSubmitted.current = true;
      deleteDraft(key.current);
    },
    // The values are the same, but another window may have deleted the draft.
    onRejected() {
      if (isChanged) setKept(saveDraft(key.current, current));
    },
  });

  useEffect(() => {
    const onStorage = (event: StorageEvent) => {
      const isDeleted = event.newValue === null && (event.key === null || event.key === key.current);
      if (isDeleted) setKept(undefined);
    };
    // Other windows cause the event: signing out there deletes the drafts of this one.
    window.addEventListener("storage", onStorage);
    return () => window.removeEventListener("storage", onStorage);
  }, []);

  /** Removes a draft from the offered ones. Its buttons disappear, so the first field receives the focus. */
  function remove(draft: Draft): void {
    deleteDraft(draft.key);
    setFound((drafts) => drafts.filter((other) => other !== draft));
    if (form.current) findField(form.current, "title")?.focus();
  }

  function restore(draft: Draft): void {
    remove(draft);
    fill(draft.values);
    // Offers what was typed before, so that restoring loses nothing.
    if (isChanged) setFound((drafts) => [...drafts, storeDraft(subject, current)]);
  }

  return {
    offered: found[0],
    restore,
    discard: remove,
    hasUnsavedChanges: () => isChanged && !isSubmitted.current,
    isKept,
  };
}

/** Omits images that are still being uploaded, which could not be restored. */
function draftOf(values: EditorValues): EditorValues {
  return { ...values, content: withoutPlaceholders(values.content) };
}

function editorValuesOf({ values }: Draft): EditorValues {
  return { ...editorValues(values), publishAt: values.publishAt ?? "" };
}

function storeDraft(subject: string, values: EditorValues): Draft {
  const key = newDraftKey(subject);
  saveDraft(key, values);
  return { key, values, savedAt: new Date().toISOString() };
}
