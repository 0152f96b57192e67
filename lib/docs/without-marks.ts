/**
 * Documents mark the lines of removable parts in comments, which GitHub hides and our Markdown would show.
 *
 * @returns the Markdown without these comments.
 */
export function withoutMarks(markdown: string): string {
  return markdown.replace(/^<!-- (?:end of )?part: .*-->\n/gm, "").replace(/ ?<!-- part: .*-->$/gm, "");
}
