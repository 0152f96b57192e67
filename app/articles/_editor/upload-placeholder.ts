import { pictureMarkdown } from "./markdown-edits";

/** What stands in a text for a picture that is still on its way. Its address is none, so that nothing is fetched from it. */
export function newPlaceholder(fileName: string): string {
  const [id] = crypto.getRandomValues(new Uint32Array(1));
  return pictureMarkdown(fileName, `uploading:${id}`);
}

/** @returns a text without the pictures that are still on their way. */
export function withoutPlaceholders(text: string): string {
  return text.replaceAll(/!\[[^\]]*\]\(uploading:\d+\)/g, "");
}
