/** A case that cannot run here. The message completes "skipped". */
export class SkippedError extends Error {
  override name = "SkippedError";
}
