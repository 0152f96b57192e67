import { type RefObject, useState } from "react";
import { UploadFailed, type UploadWords } from "@/app/_components/upload-picture";
import { applyEdit, selectionOf } from "./apply-edit";
import { alternativeTextIn, insertText, pictureMarkdown, replacePart } from "./markdown-edits";
import { uploadArticlePicture } from "./upload-article-picture";
import { newPlaceholder } from "./upload-placeholder";
import { useHandedFiles } from "./use-handed-files";

/** A picture on its way into the text. */
export type TextUpload = { placeholder: string; name: string; sent: number };

/**
 * Uploads pictures that are dropped on a field, pasted or handed over, and writes them into its text. Something
 * stands for them where they belong until they are there, and goes again where they do not get there.
 *
 * @returns what is on its way, what went wrong, whether a description is asked for, and a function that takes in more.
 */
export function useTextPictures(field: RefObject<HTMLTextAreaElement | null>, words: UploadWords) {
  const [uploads, setUploads] = useState<TextUpload[]>([]);
  const [problems, setProblems] = useState<string[]>([]);
  /** Whether the alternative text of a picture is selected, to be typed over. */
  const [isDescribing, setDescribing] = useState(false);

  function add(pictures: File[]): void {
    const input = field.current;
    if (!input || pictures.length === 0) return;
    const added = pictures.map((picture) => ({ picture, placeholder: newPlaceholder(picture.name) }));
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
      markdown = pictureMarkdown(picture.name, await uploadArticlePicture(picture, words, noteProgress));
    } catch (error) {
      const reason = error instanceof UploadFailed ? error.message : words.uploadFailed;
      setProblems((others) => [...new Set([...others, `${picture.name}: ${reason}`])]);
    }
    const selection = selectionOf(input);
    const edit = replacePart(selection, placeholder, markdown);
    if (edit && input.isConnected) {
      // Where the author waits behind the picture, its alternative text is selected, to be typed over.
      const isWaiting = selection.start === edit.to && selection.end === edit.to;
      const alt = isWaiting ? alternativeTextIn(edit) : null;
      applyEdit(input, { ...edit, ...alt });
      setDescribing(alt !== null);
    }
    setUploads((all) => all.filter((one) => one.placeholder !== placeholder));
  }

  useHandedFiles(field, add);
  return { uploads, problems, isDescribing, add };
}
