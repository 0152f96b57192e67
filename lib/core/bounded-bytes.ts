import { AppError, type ErrorCode } from "./errors";

type Body = ReadableStream<Uint8Array> | null;

/**
 * Passes a body through up to a limit, whatever its `Content-Length` says. The rest is read and discarded: a client
 * whose connection closes while it is sending never reads the error response.
 *
 * @param tooLarge the error code for a longer body.
 */
export async function* limitBytes(
  maxBytes: number,
  body: Body,
  tooLarge: ErrorCode,
): AsyncGenerator<Uint8Array> {
  if (!body) return;
  const reader = body.getReader();
  try {
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.byteLength;
      if (size > maxBytes) throw new AppError(tooLarge);
      yield part.value;
    }
  } finally {
    // The client may abort meanwhile; nothing is left to do then.
    discard(reader).catch(() => {});
  }
}

async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}

/**
 * Reads a whole body up to a limit.
 *
 * @throws AppError `tooLarge` at the first byte beyond the limit.
 */
export async function readLimited(maxBytes: number, body: Body, tooLarge: ErrorCode): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of limitBytes(maxBytes, body, tooLarge)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
