import "server-only";
import { env } from "@/lib/config/env";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { maxImageBytes } from "@/lib/images/image-types";
import { requirePicture } from "@/lib/images/pictures";
import { receive } from "@/lib/storage/local-store";
import { accountOf } from "./uploads/image-cleaner";
import { reserveStorage } from "./uploads/reserve-storage";
import { isSignatureValid, type Signature } from "./uploads/signed-urls";
import { storageNameOf } from "./uploads/stored-files";

/**
 * Takes in the one picture that a signed address is for. A refused one does not use the address up.
 *
 * @throws AppError `file/access-denied` (403) for an address that was not signed for it, has ended or was used;
 *   `file/quota-exceeded` (403); `file/not-found` (404); `file/invalid-format`, `file/file-too-large` (400).
 * @see bkend: users, avatar upload; storage, presigned upload
 */
export async function receiveUpload(key: string, signature: Signature, request: Request): Promise<void> {
  // A bucket takes its uploads itself.
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
    // The bytes are long on their way: the address may have ended by now, and its owner may be gone or banned.
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
