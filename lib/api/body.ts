import "server-only";
import { setImmediate as nextTurn } from "node:timers/promises";
import { readLimited } from "@/lib/core/bounded-bytes";
import { AppError } from "@/lib/core/errors";

const maxBytes = 1024 * 1024;
/** From the headers to the last byte. */
const maxSeconds = 10;

/** A JSON body that is being read. */
export type JsonBody = {
  /** Whether its last byte has arrived. */
  isComplete(): boolean;
  /**
   * @returns the parsed JSON.
   * @throws AppError as `readJson`.
   */
  read(): Promise<unknown>;
};

/**
 * Starts reading a JSON body, and waits a few turns of the event loop: long enough for a body that arrived together
 * with the headers. A body that is still incomplete is in transit, and its sender may be signed out before it arrives.
 */
export async function beginJson(request: Request): Promise<JsonBody> {
  let isComplete = false;
  const reading = readJson(request).finally(() => {
    isComplete = true;
  });
  // `read` reports the error. A request that is rejected for another reason never calls it.
  reading.catch(() => {});
  for (let turn = 0; turn < 5 && !isComplete; turn += 1) await nextTurn();
  return { isComplete: () => isComplete, read: () => reading };
}

/**
 * Reads a JSON body.
 *
 * @throws AppError `common/unsupported-media-type` (415), `common/payload-too-large` (413),
 *   `common/invalid-json` (400), `common/request-timeout` (408) for one that is not complete within ten seconds.
 */
export async function readJson(request: Request): Promise<unknown> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|[a-z0-9.+-]+\+json)$/.test(mediaType)) {
    throw new AppError("common/unsupported-media-type");
  }

  // A declared length above the limit is rejected without reading the body.
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw new AppError("common/payload-too-large");
  }
  const bytes = await inTime(readLimited(maxBytes, request.body, "common/payload-too-large"));
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new AppError("common/invalid-json", { cause: error });
  }
}

/** Stops waiting after the time limit. The error response closes the connection, which ends the reading. */
async function inTime(reading: Promise<Buffer>): Promise<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("common/request-timeout")), maxSeconds * 1000);
  });
  try {
    return await Promise.race([reading, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
