import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { ApiError } from "@/lib/http/errors";
import { getArticle } from "./get-article";

/**
 * Says why no row was changed.
 *
 * @throws ApiError `data/not-found` (404) where the article does not exist for this person,
 *   `data/permission-denied` (403) where it is somebody else's.
 */
export async function refuseChange(id: string, actor: Actor): Promise<never> {
  await getArticle(id, actor);
  throw new ApiError("data/permission-denied");
}
