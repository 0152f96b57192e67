import "server-only";
import type { Actor } from "@/lib/access/actor";
import { imagePathOf } from "@/lib/images/image-path";
import { absoluteImageUrl } from "@/lib/images/image-url";
import { requireReadableFile } from "./require-file";
import { newExpiry, signUrl } from "./uploads/signed-urls";

/**
 * Returns the URL of a file.
 *
 * @returns a permanent URL for a public file; for a private one, a signed URL and its expiry.
 * @throws AppError `file/not-found` (404), `file/access-denied` (403).
 * @see bkend: storage, download
 */
export async function downloadFile(id: string, actor: Actor): Promise<{ url: string; expiresAt?: Date }> {
  const { key, visibility } = await requireReadableFile(id, actor);
  if (visibility === "public") return { url: absoluteImageUrl(imagePathOf(key)) };
  const expiresAt = newExpiry();
  return { url: signUrl("GET", key, expiresAt), expiresAt };
}
