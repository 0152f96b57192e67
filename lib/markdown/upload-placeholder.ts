/** The placeholder URL of a picture that is still being uploaded. No browser can fetch it. */
export function newPlaceholderAddress(): string {
  const [id] = crypto.getRandomValues(new Uint32Array(1));
  return `uploading:${id}`;
}

/** @returns a Markdown text without the pictures that were still being uploaded. */
export function withoutPlaceholders(text: string): string {
  // No part matches an opening bracket inside: otherwise, the time would grow with the square of the text.
  return text.replaceAll(/!?\[[^[\]\n]*\]\(\s*<?uploading:[^()\n]*\)/gi, "");
}
