import { type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { UploadError, type UploadMessages } from "@/app/_components/forms/upload-image";
import { applyEdit, selectionOf } from "@/app/articles/_editor/markdown/apply-edit";
import {
  alternativeTextIn,
  imageMarkdown,
  insertText,
  replacePart,
} from "@/app/articles/_editor/markdown/markdown-edits";
import { newPlaceholderAddress } from "@/lib/markdown/upload-placeholder";
import { uploadArticleImage } from "./upload-article-image";
import { useDroppedFiles } from "./use-dropped-files";

/** A picture on its way into the text. */
export type ImageUpload = { placeholder: string; name: string; sent: number };

/**
 * Uploads pictures that are dropped on a field, pasted or handed over, and writes them into its text. Something
 * stands for them where they belong until they are there, and goes again where they do not get there.
 *
 * @returns what is on its way, what went wrong, whether a description is asked for, and a function that takes in more.
 */
export function useImageUploads(field: RefObject<HTMLTextAreaElement | null>, words: UploadMessages) {
  const [uploads, setUploads] = useState<ImageUpload[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  /** What took the place of each placeholder whose upload has ended. */
  const ended = useRef(new Map<string, string>());
  /** Whether the alternative text of a picture is selected, to be typed over. */
  const [isDescribing, setDescribing] = useState(false);

  function add(pictures: File[]): void {
    const input = field.current;
    if (!input || pictures.length === 0) return;
    const added = pictures.map((picture) => ({
      picture,
      placeholder: imageMarkdown(picture.name, newPlaceholderAddress()),
    }));
    setProblems([]);
    setDescribing(false);
    setUploads((others) => [
      ...others,
      ...added.map(({ picture: { name }, placeholder }) => ({ placeholder, name, sent: 0 })),
    ]);
    const placeholders = added.map(({ placeholder }) => placeholder).join("\n\n");
    applyEdit(input, insertText(selectionOf(input), placeholders));
    for (const { picture, placeholder } of added) void bring(input, picture, placeholder);
  }

  async function bring(input: HTMLTextAreaElement, picture: File, placeholder: string): Promise<void> {
    const noteProgress = (sent: number) => {
      setUploads((all) => all.map((one) => (one.placeholder === placeholder ? { ...one, sent } : one)));
    };
    let markdown = "";
    try {
      markdown = imageMarkdown(picture.name, await uploadArticleImage(picture, words, noteProgress));
    } catch (error) {
      const reason = error instanceof UploadError ? error.message : words.uploadFailed;
      setProblems((others) => [...new Set([...others, `${picture.name}: ${reason}`])]);
    }
    ended.current.set(placeholder, markdown);
    if (input.isConnected) {
      const selection = selectionOf(input);
      const edit = replacePart(selection, placeholder, markdown);
      if (edit) {
        // Where the author waits behind the picture, its alternative text is selected, to be typed over.
        const isWaiting = selection.start === edit.to && selection.end === edit.to;
        const alt = isWaiting ? alternativeTextIn(edit) : null;
        applyEdit(input, { ...edit, ...alt });
        setDescribing(alt !== null);
      }
    }
    setUploads((all) => all.filter((one) => one.placeholder !== placeholder));
  }

  const settle = useEffectEvent((input: HTMLTextAreaElement, { inputType }: InputEvent) => {
    for (const [placeholder, markdown] of ended.current) {
      if (!input.value.includes(placeholder)) continue;
      const before = input.value;
      // Undo and redo pass over what the text was during the upload: one step more in the same direction.
      if (inputType === "historyUndo") document.execCommand("undo");
      if (inputType === "historyRedo") document.execCommand("redo");
      if (input.value === before) replacePlaceholder(input, placeholder, markdown);
      return;
    }
  });

  useEffect(() => {
    const input = field.current;
    if (!input) return;
    // Behind the event: a browser does nothing to a text while it tells of a change to it.
    const settleSoon = (event: Event) => {
      if (event instanceof InputEvent) setTimeout(() => settle(input, event));
    };
    input.addEventListener("input", settleSoon);
    return () => input.removeEventListener("input", settleSoon);
  }, [field]);

  useDroppedFiles(field, add);
  return { uploads, problems, isDescribing, add };
}

function replacePlaceholder(input: HTMLTextAreaElement, placeholder: string, markdown: string): void {
  const edit = replacePart(selectionOf(input), placeholder, markdown);
  if (edit) applyEdit(input, edit);
}
