import { errorMessage, fieldMessage } from "@/lib/core/error-messages";
import { AppError } from "@/lib/core/errors";

/** The reason why a file or record is rejected, as a sentence for the report. */
export class Refused extends Error {
  override name = "Refused";
}

/**
 * @returns the sentence for the report.
 * @throws the error itself if the file is not the cause: an unavailable database, or a bug.
 */
export function reasonOf(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  const problems = error.problems.map((problem) => `${problem.path}: ${fieldMessage(problem, "en")}`);
  return [errorMessage(error.code, "en"), ...problems].join(" ");
}
