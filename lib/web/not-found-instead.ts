import { notFound } from "next/navigation";
import { AppError } from "@/lib/core/errors";

/**
 * For the `catch` of a promise: shows the not-found page for what does not exist or the reader may not see.
 *
 * @throws every other error unchanged.
 */
export function notFoundInstead(error: unknown): never {
  if (error instanceof AppError && error.status === 404) notFound();
  throw error;
}
