import { AppError } from "@/lib/core/errors";

/**
 * For the `.catch(…)` of a call to the image library, which has a single error class: only the message tells whether
 * the image or this server caused the error.
 *
 * @throws AppError `file/invalid-format` (400) for an image that cannot be read, `common/unavailable` (503) for one that
 *   took too long or too much memory; anything else unchanged.
 */
export function throwImageError(error: unknown): never {
  // A programming error.
  if (!(error instanceof Error) || error.name !== "Error") throw error;
  if (/^timeout:|memory|alloc/i.test(error.message)) {
    throw new AppError("common/unavailable", { retryAfterSeconds: 5, cause: error });
  }
  // The type of the bytes was already checked: the library was built without support for it.
  if (/unsupported image format|class "\w+" not found|not built with/i.test(error.message)) throw error;
  throw new AppError("file/invalid-format", { cause: error });
}
