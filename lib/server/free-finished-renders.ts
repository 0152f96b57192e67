/**
 * Lets go of pages that are rendered. Next.js ends each render by an abort whose reason is an error, and an error keeps
 * alive what it was made in until its stack is read: the callback of `setImmediate`, by it the other requests of that
 * turn, and by their errors those of later turns. A server under load would keep every page that it has rendered, as
 * long as one request is under way.
 */
export function freeFinishedRenders(): void {
  const { abort } = AbortController.prototype;
  AbortController.prototype.abort = function abortAndFree(reason?: unknown) {
    if (reason instanceof Error) readStack(reason);
    abort.call(this, reason);
  };
}

/** The engine replaces what the stack refers to by its text. */
function readStack(error: Error): string | undefined {
  return error.stack;
}
