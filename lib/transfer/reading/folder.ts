import { constants } from "node:fs";
import { open, readdir, realpath } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import { Refused } from "./refused";

/** More than any blog has: a larger folder is the wrong one. */
const maxEntries = 100_000;
const maxDepth = 30;

/** A file in a folder. `path` is relative to the folder, with `/` as the separator. */
export type Entry = { path: string; isLink: boolean };

/**
 * Lists the files of a folder, without following links and without hidden folders and `node_modules`.
 *
 * @returns the files, sorted by path.
 * @throws Refused for a folder that does not exist, or with too many files or too many levels.
 */
export async function listFolder(root: string): Promise<Entry[]> {
  if ((await realpath(root).catch(nullIfMissing)) === null) throw new Refused(`${root} does not exist.`);
  const entries: Entry[] = [];
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (depth > maxDepth) throw new Refused(`${folder} is more than ${maxDepth} folders deep.`);
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) await walk(path, depth + 1);
      else if (entry.isFile() || entry.isSymbolicLink())
        entries.push({ path, isLink: entry.isSymbolicLink() });
      if (entries.length > maxEntries) throw new Refused(`The folder has more than ${maxEntries} files.`);
    }
  };
  await walk("", 0);
  return entries.sort((one, other) => (one.path < other.path ? -1 : 1));
}

/**
 * Reads a file in a folder. The size is checked before the first byte is read.
 *
 * @param path relative to the folder.
 * @returns null if the file does not exist.
 * @throws Refused for a path that leaves the folder, by `..` or by a link, for anything but a file, and for one that is
 *   too large.
 */
export async function readInside(root: string, path: string, maxBytes: number): Promise<Buffer | null> {
  const requested = resolve(root, path);
  if (!isInside(root, requested)) throw new Refused(`${path} is outside of the folder.`);
  const real = await realpath(requested).catch(nullIfMissing);
  if (real === null) return null;
  if (!isInside(await realpath(root), real))
    throw new Refused(`${path} is a link that leads out of the folder.`);

  // Without O_NONBLOCK a named pipe would wait for a writer.
  const file = await open(
    real,
    constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0),
  );
  try {
    const { size, ...stat } = await file
      .stat()
      .then((found) => ({ size: found.size, isFile: found.isFile() }));
    if (!stat.isFile) throw new Refused(`${path} is not a file.`);
    if (size > maxBytes) throw new Refused(`${path} is larger than ${formatBytes(maxBytes)}.`);
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** @returns a text file's content. @throws Refused for a missing file, invalid UTF-8, and as `readInside`. */
export async function readText(root: string, path: string, maxBytes: number): Promise<string> {
  const bytes = await readInside(root, path, maxBytes);
  if (bytes === null) throw new Refused(`${path} does not exist.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Refused(`${path} is not text in UTF-8.`);
  }
}

function isInside(root: string, path: string): boolean {
  const from = relative(root, path);
  return from !== ".." && !from.startsWith(`..${sep}`) && !from.startsWith(sep) && !/^[a-z]:/i.test(from);
}

function nullIfMissing(error: NodeJS.ErrnoException): null {
  if (["ENOENT", "ENOTDIR", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"].includes(error.code ?? "")) return null;
  if (error.code === "ELOOP") throw new Refused("A link leads to itself.");
  throw error;
}

function formatBytes(bytes: number): string {
  return `${bytes / 1024 / 1024} MiB`;
}
