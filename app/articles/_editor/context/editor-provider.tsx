"use client";

import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { useFormElement, useFormListener } from "@/app/_components/forms/client-form";
import type { UploadMessages } from "@/app/_components/forms/upload-image";
import type { Messages } from "@/lib/i18n/messages/en";
import { type EditorValues, editorValues, readSavedValues, readValues, writeValues } from "./form-values";

type Editor = {
  messages: EditorMessages;
  /** The current values of the fields. */
  values: EditorValues;
  /** The values that the server rendered; null before hydration. */
  savedValues: EditorValues | null;
  /** Fills in fields. */
  fill: (values: Partial<EditorValues>) => void;
  /** Reads the fields again, after code has changed one without an input event. */
  refresh: () => void;
  /** Starts an upload, which blocks submission. @returns a function that ends it. */
  beginUpload: () => () => void;
  /** Whether the author tried to submit the form during an upload that is still in progress. */
  isWaiting: boolean;
};

type EditorMessages = Messages["editor"] & UploadMessages;

const EditorContext = createContext<Editor | null>(null);

/** Connects the parts of the editor: the values of its fields, its uploads and its submission. */
export function EditorProvider({ messages, children }: { messages: EditorMessages; children: ReactNode }) {
  const { element: form, values: rendered } = useFormElement();
  const [values, setValues] = useState(() => editorValues(rendered));
  const [savedValues, setSavedValues] = useState<EditorValues | null>(null);
  const [uploads, setUploads] = useState(0);
  const [isWaiting, setWaiting] = useState(false);

  const refresh = useCallback(() => {
    if (form.current) setValues(readValues(form.current));
  }, [form]);

  // Includes what was typed before hydration.
  useEffect(() => {
    if (form.current) setSavedValues(readSavedValues(form.current));
    refresh();
  }, [form, refresh]);

  useFormListener({
    onSubmit(event) {
      if (uploads === 0) return;
      event.preventDefault();
      setWaiting(true);
    },
  });
  if (isWaiting && uploads === 0) setWaiting(false);

  const fill = (next: Partial<EditorValues>) => {
    if (form.current) writeValues(form.current, next);
    refresh();
  };
  const beginUpload = () => {
    setUploads((count) => count + 1);
    return () => setUploads((count) => count - 1);
  };
  return (
    <EditorContext value={{ messages, values, savedValues, fill, refresh, beginUpload, isWaiting }}>
      <div className="contents" onInput={refresh}>
        {children}
      </div>
    </EditorContext>
  );
}

/** @returns the editor around the component. */
export function useEditor(): Editor {
  const editor = use(EditorContext);
  if (!editor) throw new Error("useEditor needs an EditorProvider around the component.");
  return editor;
}
