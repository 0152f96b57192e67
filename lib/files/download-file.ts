import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { absoluteImageAddress } from "./image-address";
import { imagePathOf } from "./image-path";
import { requireReadableFile } from "./readable-file";
import { newExpiry, signAddress } from "./signed-addresses";

/**
 * Says where a file can be read.
 *
 * @returns a lasting address for a public file; for a private one an address for whoever holds it, and when it ends.
 * @throws ApiError `file/not-found` (404), `file/access-denied` (403).
 * @see bkend: storage, download
 */
export async function downloadFile(id: string, actor: Actor): Promise<{ url: string; expiresAt?: Date }> {
  const { key, visibility } = await requireReadableFile(id, actor);
  if (visibility === "public") return { url: absoluteImageAddress(imagePathOf(key)) };
  const expiresAt = newExpiry();
  return { url: signAddress("GET", key, expiresAt), expiresAt };
}
