import "server-only";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import type { File } from "@/lib/generated/prisma/client";
import { imageTypeOfBytes } from "@/lib/images/image-shape";
import { isUnchanged } from "@/lib/runtime/etag";
import { fileStore } from "@/lib/storage/file-store";
import { ensureSize } from "./image-sizes";
import { isSignatureValid, type Signature } from "./uploads/signed-urls";
import { readFully, sizeNameOf, storageNameOf } from "./uploads/stored-files";

/**
 * Serves an image: a public one to everyone, a private one with a signed URL.
 *
 * @param query.width the maximum width in pixels.
 * @returns the bytes, with headers that make a browser treat them as an image only.
 * @throws AppError `file/not-found` (404), `file/access-denied` (403), `common/unavailable` (503) without the store.
 * @see bkend: storage, download
 */
export async function serveFile(
  key: string,
  { width, ...signature }: Signature & { width?: number | undefined },
  request: Request,
): Promise<Response> {
  const file = await db.file.findFirst({ where: { key, removedAt: null } });
  if (!file) throw new AppError("file/not-found");
  const isPublic = file.visibility === "public";
  if (!isPublic && !isSignatureValid("GET", key, signature)) throw new AppError("file/access-denied");

  const shown = await shownOf(file, width);
  const headers = headersOf(shown);
  if (isUnchanged(request, shown.etag)) return new Response(null, { status: 304, headers });

  const publicUrl = isPublic && file.registeredAt && fileStore().publicAddress(shown.name);
  if (publicUrl) return new Response(null, { status: 302, headers: { ...headers, Location: publicUrl } });

  const body = await bytesOf(file, shown);
  if (request.method !== "HEAD") return new Response(body, { headers });
  await body.cancel();
  return new Response(null, { headers });
}

/** The served version of a file: the original or a narrower one. */
type Shown = { name: string; type: string; etag: string; cacheControl: string };

async function shownOf(file: File, width: number | undefined): Promise<Shown> {
  const name = storageNameOf(file);
  const original = { name, type: file.mimeType, etag: etagOf(file), cacheControl: cacheControlOf(file) };
  if (width === undefined || !file.registeredAt) return original;
  try {
    if (!(await ensureSize(file, width))) return original;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "common/unavailable") throw error;
    // Serve the original now, and the narrower version the next time.
    return { ...original, cacheControl: "no-store" };
  }
  return {
    ...original,
    name: sizeNameOf(name, width),
    type: "image/webp",
    etag: `"${file.key}-${width}"`,
  };
}

async function bytesOf(file: File, { name }: Shown): Promise<ReadableStream<Uint8Array>> {
  if (file.registeredAt || file.uploadedAt) {
    const stored = await fileStore().read(name);
    if (!stored) throw new AppError("file/not-found");
    return stored.body;
  }
  // The file is in a bucket and not validated yet.
  const bytes = await readFully(file).catch(nullIfTooLarge);
  if (!bytes || imageTypeOfBytes(bytes) !== file.mimeType) throw new AppError("file/not-found");
  return new Blob([new Uint8Array(bytes)]).stream();
}

function nullIfTooLarge(error: unknown): null {
  if (error instanceof AppError && error.code === "file/file-too-large") return null;
  throw error;
}

function headersOf({ type, etag, cacheControl }: Shown): Record<string, string> {
  return {
    "Content-Type": type,
    "Content-Disposition": "inline",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Cache-Control": cacheControl,
    ETag: etag,
  };
}

/** Registering changes the bytes of a key once. */
function etagOf({ key, registeredAt }: File): string {
  return registeredAt ? `"${key}"` : `"${key}-unregistered"`;
}

/** A day, since a removed image must not stay in caches for a year. */
function cacheControlOf({ visibility, registeredAt }: File): string {
  if (visibility !== "public") return "private, no-store";
  return registeredAt ? "public, max-age=86400" : "private, no-cache";
}
