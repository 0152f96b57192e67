import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads a document of the project. The lines of removable parts are marked in comments, which GitHub hides and our
 * Markdown would show.
 *
 * @param file its path from the root of the project; `outputFileTracingIncludes` in `next.config.ts` deploys it.
 * @returns the Markdown, without these comments.
 */
export async function readDocument(file: string): Promise<string> {
  // Any file may be meant: without this comment the bundler would trace the whole project.
  const markdown = await readFile(join(/* turbopackIgnore: true */ process.cwd(), file), "utf8");
  return markdown.replace(/^<!-- (?:end of )?part: .*-->\n/gm, "").replace(/ ?<!-- part: .*-->$/gm, "");
}
