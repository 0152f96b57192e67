import "server-only";
import { env } from "@/lib/config/env";
import type { ImageType } from "@/lib/images/image-types";
import { localStore } from "./local-store";
import { openS3Store } from "./s3-store";

/** Bytes in a store. `version` changes when they do. */
export type StoredBytes = { body: ReadableStream<Uint8Array>; size: number; version: string };

/**
 * Where the bytes of files are kept, by names that the server makes (`avatars/…`). Everything that is known of a file
 * besides stands in the database.
 *
 * Every method throws `common/unavailable` (503) while the store is away.
 */
export type FileStore = {
  /**
   * Where a client may put bytes itself.
   *
   * @returns a signed address; null where the site takes them in and signs the address.
   */
  uploadAddress(upload: { name: string; type: ImageType; expiresAt: Date }): Promise<string | null>;
  /** @returns null where there is nothing of that name. */
  read(name: string): Promise<StoredBytes | null>;
  /** Writes all of it or nothing, over what was there. @returns the version that was written. */
  write(name: string, bytes: Buffer, type: ImageType): Promise<string>;
  /** Nothing happens where there is nothing of that name. */
  remove(name: string): Promise<void>;
  /** @returns where readers are sent for public bytes; null where the site hands them out itself. */
  publicAddress(name: string): string | null;
  /** @returns every address by which a client may come to know public bytes, besides the site's own. */
  knownAddresses(name: string): string[];
};

let opened: FileStore | undefined;

/** The store that the settings name: an S3 bucket, or a folder under `DATA_DIR`. */
export function fileStore(): FileStore {
  const { s3 } = env();
  opened ??= s3 ? openS3Store(s3) : localStore;
  return opened;
}
