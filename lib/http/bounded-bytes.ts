import { ApiError, type ErrorCode } from "./errors";

type Body = ReadableStream<Uint8Array> | null;

/**
 * Hands on what comes in, as far as it may go, whatever length was announced.
 *
 * @param tooLarge the code of the error that a byte too many is.
 */
export async function* upTo(maxBytes: number, body: Body, tooLarge: ErrorCode): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new ApiError(tooLarge);
    yield chunk;
  }
}

/**
 * Reads all that comes in, if it is not too much.
 *
 * @throws ApiError `tooLarge`, as soon as there is a byte too many.
 */
export async function readUpTo(maxBytes: number, body: Body, tooLarge: ErrorCode): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of upTo(maxBytes, body, tooLarge)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
