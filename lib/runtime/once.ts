/**
 * Makes a value at the first call and keeps it once that succeeded. A failure is not kept: callers that wait for the
 * same attempt share it, and the next call tries again.
 *
 * @example const fonts = once(loadFonts);
 */
export function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let kept: Promise<Value> | undefined;
  return () => {
    kept ??= make().catch((error: unknown) => {
      kept = undefined;
      throw error;
    });
    return kept;
  };
}
