import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Reads a document of the project. Comments mark the lines of removable parts; GitHub hides these comments, but this
 * site's Markdown renderer would show them.
 *
 * @param file its path from the root of the project; `outputFileTracingIncludes` in `next.config.ts` deploys it.
 * @returns the Markdown, without these comments.
 */
export async function readDocument(file: string): Promise<string> {
  // The path is dynamic: without this comment the bundler would trace the whole project.
  const markdown = await readFile(join(/* turbopackIgnore: true */ process.cwd(), file), "utf8");
  return markdown.replace(/^<!-- (?:end of )?part: .*-->\n/gm, "").replace(/ ?<!-- part: .*-->$/gm, "");
}
