import { AppError } from "@/lib/core/errors";

/**
 * For `.catch(…)` behind a call of the image library, which has one class of error: whether the image or this server is
 * to blame is in the message alone.
 *
 * @throws AppError `file/invalid-format` (400) for an image that cannot be read, `common/unavailable` (503) for one that
 *   took too long or too much memory; anything else unchanged.
 */
export function throwImageError(error: unknown): never {
  // A mistake in the call.
  if (!(error instanceof Error) || error.name !== "Error") throw error;
  if (/^timeout:|memory|alloc/i.test(error.message)) {
    throw new AppError("common/unavailable", { retryAfterSeconds: 5, cause: error });
  }
  // The bytes are known to be of a type that the library has to read: it was built without it.
  if (/unsupported image format|class "\w+" not found|not built with/i.test(error.message)) throw error;
  throw new AppError("file/invalid-format", { cause: error });
}
