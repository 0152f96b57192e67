import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { errorCodeOf } from "./error-code";

/** Removes the files of a folder that were last written before a time. The folder need not exist. */
export async function removeOldFiles(folder: string, before: Date): Promise<void> {
  const names = await readdir(folder).catch(noneIfMissing([]));
  for (const name of names) {
    const path = join(/* turbopackIgnore: true */ folder, name);
    // Another process may remove it at the same time.
    const stats = await stat(path).catch(noneIfMissing(null));
    if (stats?.isFile() && stats.mtime < before) await rm(path, { force: true });
  }
}

function noneIfMissing<None>(none: None): (error: unknown) => None {
  return (error) => {
    if (errorCodeOf(error) === "ENOENT") return none;
    throw error;
  };
}
