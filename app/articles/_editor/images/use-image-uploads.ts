import { type FormEvent, type RefObject, useRef, useState } from "react";
import {
  alternativeTextIn,
  imageMarkdown,
  insertText,
  replacePart,
} from "@/app/articles/_editor/markdown/markdown-edits";
import { useTextEdits } from "@/app/articles/_editor/markdown/use-text-edits";
import { newPlaceholderAddress } from "@/lib/markdown/upload-placeholder";
import { useImageUpload } from "./use-image-upload";

/** An image that is being uploaded into the text. */
export type ImageUpload = { placeholder: string; name: string; sent: number };

/**
 * Uploads images into the text of a field. A placeholder marks the place of each one until its upload is complete, and
 * is removed if the upload fails.
 *
 * @returns the uploads in progress, the problems of failed ones, whether the author is asked for a description, a
 *   function that uploads more images, and the `onInput` handler of the field.
 */
export function useImageUploads(field: RefObject<HTMLTextAreaElement | null>) {
  const upload = useImageUpload();
  const editText = useTextEdits(field);
  const [uploads, setUploads] = useState<ImageUpload[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  /** The replacement of each placeholder whose upload has ended. */
  const ended = useRef(new Map<string, string>());
  const check = useRef<ReturnType<typeof setTimeout>>(undefined);
  /** Whether the alternative text of an image is selected, to be typed over. */
  const [isDescribing, setDescribing] = useState(false);

  function add(images: File[]): void {
    if (!field.current || images.length === 0) return;
    const added = images.map((image) => ({
      image,
      placeholder: imageMarkdown(image.name, newPlaceholderAddress()),
    }));
    setProblems([]);
    setDescribing(false);
    setUploads((others) => [
      ...others,
      ...added.map(({ image: { name }, placeholder }) => ({ placeholder, name, sent: 0 })),
    ]);
    const placeholders = added.map(({ placeholder }) => placeholder).join("\n\n");
    editText((selection) => insertText(selection, placeholders));
    for (const { image, placeholder } of added) void uploadInPlaceOf(placeholder, image);
  }

  async function uploadInPlaceOf(placeholder: string, image: File): Promise<void> {
    const outcome = await upload(image, (sent) => {
      setUploads((all) =>
        all.map((other) => (other.placeholder === placeholder ? { ...other, sent } : other)),
      );
    });
    const markdown = "path" in outcome ? imageMarkdown(image.name, outcome.path) : "";
    if ("problem" in outcome) {
      setProblems((others) => [...new Set([...others, `${image.name}: ${outcome.problem}`])]);
    }
    ended.current.set(placeholder, markdown);
    editText((selection) => {
      const edit = replacePart(selection, placeholder, markdown);
      if (!edit) return null;
      // If the cursor is still behind the image, selects its alternative text, to be typed over.
      const isBehind = selection.start === edit.to && selection.end === edit.to;
      const alternativeText = isBehind ? alternativeTextIn(edit) : null;
      setDescribing(alternativeText !== null);
      return { ...edit, ...alternativeText };
    });
    setUploads((all) => all.filter((other) => other.placeholder !== placeholder));
  }

  /** Undo and redo can restore the placeholder of an upload that has ended. */
  function replaceRestored(input: HTMLTextAreaElement, inputType: string): void {
    for (const [placeholder, markdown] of ended.current) {
      if (!input.value.includes(placeholder)) continue;
      const before = input.value;
      // Skips the placeholder with one more step in the same direction.
      if (inputType === "historyUndo") document.execCommand("undo");
      if (inputType === "historyRedo") document.execCommand("redo");
      if (input.value === before) editText((selection) => replacePart(selection, placeholder, markdown));
      return;
    }
  }

  function onInput({ currentTarget, nativeEvent }: FormEvent<HTMLTextAreaElement>): void {
    if (!(nativeEvent instanceof InputEvent)) return;
    const { inputType } = nativeEvent;
    // Deferred: during the event the browser does not allow changes to the text. Only after the latest input: a redo may
    // come before the check after an undo, which would undo it.
    clearTimeout(check.current);
    check.current = setTimeout(() => replaceRestored(currentTarget, inputType));
  }

  return { uploads, problems, isDescribing, add, onInput };
}
