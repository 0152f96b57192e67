import { ApiError } from "@/lib/http/errors";

/**
 * Makes sure that the tags of an article exist. There are none yet, so every id is an unknown one.
 *
 * @throws ApiError `data/validation-error` (400).
 */
export function requireTags(ids: readonly string[]): void {
  if (ids.length === 0) return;
  const problems = ids.map((_, index) => ({ path: `tags.${index}`, message: "unknownTag" }) as const);
  throw new ApiError("data/validation-error", { problems });
}
