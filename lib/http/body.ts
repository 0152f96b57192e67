import "server-only";
import { readUpTo } from "./bounded-bytes";
import { ApiError } from "./errors";

const maxBytes = 1024 * 1024;

/**
 * Reads a JSON body.
 *
 * @throws ApiError `common/unsupported-media-type` (415), `common/payload-too-large` (413),
 *   `common/invalid-json` (400).
 */
export async function readJson(request: Request): Promise<unknown> {
  const mediaType = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase() ?? "";
  if (!/^application\/(json|[a-z0-9.+-]+\+json)$/.test(mediaType)) {
    throw new ApiError("common/unsupported-media-type");
  }

  // Refused unread where it says so itself.
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) {
    throw new ApiError("common/payload-too-large");
  }
  const bytes = await readUpTo(maxBytes, request.body, "common/payload-too-large");
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new ApiError("common/invalid-json", { cause: error });
  }
}
