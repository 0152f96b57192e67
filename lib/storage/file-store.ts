import "server-only";
import { env } from "@/lib/config/env";
import type { ImageType } from "@/lib/images/image-types";
import { localStore } from "./local-store";
import { openS3Store } from "./s3-store";

/** Bytes in a store. `version` changes whenever they do. */
export type StoredBytes = { body: ReadableStream<Uint8Array>; size: number; version: string };

/**
 * Stores the bytes of files under names that the server makes (`avatars/…`). The database contains everything else about
 * a file.
 *
 * Every method throws `common/unavailable` (503) while the store is unreachable.
 */
export type FileStore = {
  /**
   * Issues a URL for direct uploads.
   *
   * @returns a signed URL; null if clients upload to the site, which signs the URL itself.
   */
  uploadAddress(upload: { name: string; type: ImageType; expiresAt: Date }): Promise<string | null>;
  /** @returns null if the name does not exist. */
  read(name: string): Promise<StoredBytes | null>;
  /** Writes atomically and replaces existing bytes. @returns the written version. */
  write(name: string, bytes: Buffer, type: ImageType): Promise<string>;
  /** Does nothing if the name does not exist. */
  remove(name: string): Promise<void>;
  /** @returns the URL that readers are redirected to for public bytes; null if the site serves them. */
  publicAddress(name: string): string | null;
  /** @returns every URL of public bytes except that of the site. */
  knownAddresses(name: string): string[];
};

let opened: FileStore | undefined;

/** The configured store: an S3 bucket, or a folder under `DATA_DIR`. */
export function fileStore(): FileStore {
  const { s3 } = env();
  opened ??= s3 ? openS3Store(s3) : localStore;
  return opened;
}
