import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Documents mark the lines of removable parts in comments, which GitHub hides and our Markdown would show.
 *
 * @param file its path from the root of the project. A host that takes along only what it sees imported learns of it in
 * `next.config.ts`.
 * @returns the Markdown of a document, without these comments.
 */
export async function readDocument(file: string): Promise<string> {
  // Without this comment the bundler would take along the whole project, since any file may be meant.
  const markdown = await readFile(join(/* turbopackIgnore: true */ process.cwd(), file), "utf8");
  return markdown.replace(/^<!-- (?:end of )?part: .*-->\n/gm, "").replace(/ ?<!-- part: .*-->$/gm, "");
}
