import "server-only";
import { db } from "@/lib/db";
import type { File } from "@/lib/generated/prisma/client";
import { ApiError } from "@/lib/http/errors";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { fileStore } from "@/lib/storage/file-store";
import { isSigned, type Signature } from "./signed-addresses";
import { nameOf, readWhole } from "./stored-files";

/**
 * Hands out a picture: a public one to anybody, a private one to whoever holds a signed address.
 *
 * @returns the bytes, as nothing but a picture: a browser that is sent there runs nothing of it.
 * @throws ApiError `file/not-found` (404), `file/access-denied` (403), `common/unavailable` (503) while the store is away.
 * @see bkend: storage, download
 */
export async function serveFile(key: string, signature: Signature, request: Request): Promise<Response> {
  const file = await db.file.findFirst({ where: { key, removedAt: null } });
  if (!file) throw new ApiError("file/not-found");
  const isPublic = file.visibility === "public";
  if (!isPublic && !isSigned("GET", key, signature)) throw new ApiError("file/access-denied");

  const headers = headersOf(file);
  const known = request.headers.get("if-none-match")?.split(/,\s*/) ?? [];
  if (known.includes(etagOf(file)) || known.includes(`W/${etagOf(file)}`)) {
    return new Response(null, { status: 304, headers });
  }

  const elsewhere = isPublic && file.registeredAt && fileStore().publicAddress(nameOf(file));
  if (elsewhere) return new Response(null, { status: 302, headers: { ...headers, Location: elsewhere } });

  const body = await bytesOf(file);
  if (request.method !== "HEAD") return new Response(body, { headers });
  await body.cancel();
  return new Response(null, { headers });
}

async function bytesOf(file: File): Promise<ReadableStream<Uint8Array>> {
  if (file.registeredAt || file.uploadedAt) {
    const stored = await fileStore().read(nameOf(file));
    if (!stored) throw new ApiError("file/not-found");
    return stored.body;
  }
  // It lies in a bucket, and nobody has looked at it yet.
  const bytes = await readWhole(file).catch(noneIfTooLarge);
  if (!bytes || imageTypeOfBytes(bytes) !== file.mimeType) throw new ApiError("file/not-found");
  return new Blob([new Uint8Array(bytes)]).stream();
}

function noneIfTooLarge(error: unknown): null {
  if (error instanceof ApiError && error.code === "file/file-too-large") return null;
  throw error;
}

function headersOf(file: File): Record<string, string> {
  return {
    "Content-Type": file.mimeType,
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": cacheControlOf(file),
    ETag: etagOf(file),
  };
}

/** Registering changes the bytes behind a key, once. */
function etagOf({ key, registeredAt }: File): string {
  return registeredAt ? `"${key}"` : `"${key}-unregistered"`;
}

/** A day, since a picture that was removed must not be seen for a year. */
function cacheControlOf({ visibility, registeredAt }: File): string {
  if (visibility !== "public") return "private, no-store";
  return registeredAt ? "public, max-age=86400" : "private, no-cache";
}
