import "server-only";
import { env } from "@/lib/config/env";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { maxImageBytes } from "@/lib/images/image-types";
import { requirePicture } from "@/lib/images/pictures";
import { receive } from "@/lib/storage/local-store";
import { accountOf } from "./uploads/clean-image";
import { reserveStorage } from "./uploads/reserve-storage";
import { isSignatureValid, type Signature } from "./uploads/signed-urls";
import { storageNameOf } from "./uploads/stored-files";

/**
 * Receives the image of a signed URL. A rejected image does not use up the URL.
 *
 * @throws AppError `file/access-denied` (403) for an invalid, expired or used URL;
 *   `file/quota-exceeded` (403); `file/not-found` (404); `file/invalid-format`, `file/file-too-large` (400).
 * @see bkend: users, avatar upload; storage, presigned upload
 */
export async function receiveUpload(key: string, signature: Signature, request: Request): Promise<void> {
  // Clients upload to a bucket directly.
  if (env().s3 || !isSignatureValid("PUT", key, signature)) throw new AppError("file/access-denied");
  const file = await db.file.findFirst({ where: { key, removedAt: null } });
  if (!file) throw new AppError("file/not-found");
  if (file.uploadedAt) throw new AppError("file/access-denied");
  if (Number(request.headers.get("content-length") ?? 0) > maxImageBytes) {
    throw new AppError("file/file-too-large");
  }

  const incoming = await receive(request.body, maxImageBytes);
  try {
    await requirePicture(incoming.bytes, file.mimeType, accountOf(file));
    // The transfer takes time: the URL may have expired by now, and its owner may be deleted or banned.
    if (!isSignatureValid("PUT", key, signature)) throw new AppError("file/access-denied");
    const isReserved = await reserveStorage(file, incoming.bytes.length, {
      where: { uploadedAt: null, owner: { bannedAt: null } },
      change: { uploadedAt: new Date() },
    });
    if (!isReserved) throw new AppError("file/access-denied");
    await incoming.accept(storageNameOf(file));
  } finally {
    await incoming.discard();
  }
}
