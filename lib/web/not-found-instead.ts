import { notFound } from "next/navigation";
import { AppError } from "@/lib/core/errors";

/**
 * For the `catch` of a promise: what does not exist, or not for this reader, leads to the not-found page.
 *
 * @throws every other error as it is.
 */
export function notFoundInstead(error: unknown): never {
  if (error instanceof AppError && error.status === 404) notFound();
  throw error;
}
