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
   * @returns what it says.
   * @throws AppError as `readJson`.
   */
  read(): Promise<unknown>;
};

/**
 * Begins to read a JSON body, and waits for as much of it as came along with the headers: that takes a few turns of the
 * event loop, and no more than that has to be waited for. What is not complete then is still on its way through the
 * network, and its sender may be signed out before it is.
 */
export async function beginJson(request: Request): Promise<JsonBody> {
  let isComplete = false;
  const reading = readJson(request).finally(() => {
    isComplete = true;
  });
  // The error reaches the reader of the body; a request that is refused for another reason may have none.
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

  // Refused unread where it says so itself.
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

/** What is late is not waited for any more; the answer closes its connection, and that ends the reading. */
async function inTime(reading: Promise<Buffer>): Promise<Buffer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("common/request-timeout")), maxSeconds * 1000);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}
