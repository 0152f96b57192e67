import "server-only";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { ApiError } from "@/lib/http/errors";
import { maxImageBytes } from "@/lib/images/image-types";
import { requirePicture } from "@/lib/images/pictures";
import { takeIn } from "@/lib/storage/local-store";
import { accountOf } from "./cleaner-of";
import { reserveStorage } from "./reserve-storage";
import { isSigned, type Signature } from "./signed-addresses";
import { nameOf } from "./stored-files";

/**
 * Takes in the one picture that a signed address is for. A refused one does not use the address up.
 *
 * @throws ApiError `file/access-denied` (403) for an address that was not signed for it, has ended or was used;
 *   `file/quota-exceeded` (403); `file/not-found` (404); `file/invalid-format`, `file/file-too-large` (400).
 * @see bkend: users, avatar upload; storage, presigned upload
 */
export async function receiveUpload(key: string, signature: Signature, request: Request): Promise<void> {
  // A bucket takes its uploads itself.
  if (env().s3 || !isSigned("PUT", key, signature)) throw new ApiError("file/access-denied");
  const file = await db.file.findFirst({ where: { key, removedAt: null } });
  if (!file) throw new ApiError("file/not-found");
  if (file.uploadedAt) throw new ApiError("file/access-denied");
  if (Number(request.headers.get("content-length") ?? 0) > maxImageBytes) {
    throw new ApiError("file/file-too-large");
  }

  const incoming = await takeIn(request.body, maxImageBytes);
  try {
    await requirePicture(incoming.bytes, file.mimeType, accountOf(file));
    // The bytes are long on their way: the address may have ended by now, and its owner may be gone or banned.
    if (!isSigned("PUT", key, signature)) throw new ApiError("file/access-denied");
    const isReserved = await reserveStorage(file, incoming.bytes.length, {
      where: { uploadedAt: null, owner: { bannedAt: null } },
      change: { uploadedAt: new Date() },
    });
    if (!isReserved) throw new ApiError("file/access-denied");
    await incoming.accept(nameOf(file));
  } finally {
    await incoming.discard();
  }
}
