import "server-only";
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, type Stats } from "node:fs";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { env } from "@/lib/config/env";
import { limitBytes } from "@/lib/core/bounded-bytes";
import { errorCodeOf } from "@/lib/runtime/error-code";
import { removeOldFiles } from "@/lib/runtime/remove-old-files";
import type { FileStore } from "./file-store";

/** How long the bytes of an upload that is still arriving may pause. */
const maxUploadHours = 1;

/** Files in a folder under `DATA_DIR`, for a single server with a persistent disk. */
export const localStore: FileStore = {
  uploadAddress: async () => null,

  async read(name) {
    const path = pathOf(name);
    const stats = await statIfExists(path);
    if (!stats) return null;
    // The types of Node.js streams and web streams differ only in details.
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream<Uint8Array>;
    return { body, size: stats.size, version: versionOf(stats) };
  },

  async write(name, bytes) {
    const part = await newPart();
    try {
      const file = await open(part, "wx");
      try {
        await file.writeFile(bytes);
        // Synced to disk before the rename: after a power failure a file is complete or absent.
        await file.sync();
      } finally {
        await file.close();
      }
      return await putInPlace(part, name);
    } finally {
      await rm(part, { force: true });
    }
  },

  async remove(name) {
    await rm(pathOf(name), { force: true });
  },

  publicAddress: () => null,
  knownAddresses: () => [],
};

/** Received bytes that are not stored yet. */
export type IncomingFile = {
  bytes: Buffer;
  /** Moves them to their final name. */
  accept(name: string): Promise<void>;
  /** Always call it; does nothing after `accept`. */
  discard(): Promise<void>;
};

/**
 * Receives a stream into a temporary file. It goes to the disk first, so that many slow
 * uploads do not fill the memory.
 *
 * @throws AppError `file/file-too-large` (400), as soon as the limit is exceeded.
 */
export async function receive(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<IncomingFile> {
  const part = await newPart();
  const discard = () => rm(part, { force: true });
  try {
    const bytes = limitBytes(maxBytes, body, "file/file-too-large");
    await pipeline(bytes, createWriteStream(part, { flags: "wx", flush: true }));
    return {
      bytes: await readFile(part),
      async accept(name) {
        await putInPlace(part, name);
      },
      discard,
    };
  } catch (error) {
    await discard();
    throw error;
  }
}

function root(): string {
  // Without this comment the bundler would trace every folder of that name in the project.
  return resolve(/* turbopackIgnore: true */ env().DATA_DIR, "files");
}

/** The server generates the names, so a name that leads outside the folder is invalid (path traversal). */
function pathOf(name: string): string {
  if (!/^[a-z]+\/[0-9a-f]+(-\d+)?$/.test(name)) throw new Error(`Not the name of a stored file: ${name}`);
  return join(root(), name);
}

/** Removes the temporary files of uploads that a crash ended. */
export async function removeOldParts(): Promise<void> {
  await removeOldFiles(incomingFolder(), new Date(Date.now() - maxUploadHours * 3600 * 1000));
}

async function newPart(): Promise<string> {
  await mkdir(incomingFolder(), { recursive: true });
  return join(incomingFolder(), randomUUID());
}

function incomingFolder(): string {
  return join(root(), "incoming");
}

async function putInPlace(part: string, name: string): Promise<string> {
  const path = pathOf(name);
  await mkdir(dirname(path), { recursive: true });
  await rename(part, path);
  return versionOf(await stat(path));
}

async function statIfExists(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (errorCodeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function versionOf({ size, mtimeMs }: Stats): string {
  return `${size}-${Math.trunc(mtimeMs)}`;
}
