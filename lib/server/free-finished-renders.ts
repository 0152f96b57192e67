/**
 * Frees the memory of rendered pages. Next.js ends each render by an abort whose reason is an error. Until its stack is
 * read, an error retains the objects of its call stack: the callback of `setImmediate`, through it the other requests
 * of that turn, and through their errors those of later turns. A server under load would retain every page that it has
 * rendered, as long as one request is in progress.
 */
export function freeFinishedRenders(): void {
  const { abort } = AbortController.prototype;
  AbortController.prototype.abort = function abortAndFree(reason?: unknown) {
    if (reason instanceof Error) readStack(reason);
    abort.call(this, reason);
  };
}

/** The first read makes V8 replace the captured frames with text. */
function readStack(error: Error): string | undefined {
  return error.stack;
}
