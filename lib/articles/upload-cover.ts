import "server-only";
import { actorOf } from "@/lib/access/actor";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { storeImage } from "@/lib/files/create-file";
import { discardRefused } from "@/lib/files/uploads/discard-refused";
import type { UploadedImage } from "@/lib/files/uploads/uploaded-image";
import { imagePathOf } from "@/lib/images/image-path";
import { requireChangeable } from "./require-changeable";
import { updateArticle } from "./update-article";

/**
 * Makes an uploaded picture the cover of an article.
 *
 * @throws AppError `data/not-found` (404), `data/permission-denied` (403), `file/invalid-name`, `file/invalid-format`,
 *   `file/file-too-large` (400), `common/unavailable` (503) while the store is unavailable, and as `updateArticle`.
 */
export async function uploadCover(id: string, picture: UploadedImage, user: CurrentUser): Promise<void> {
  const actor = actorOf(user);
  await requireChangeable(id, actor);
  const { key } = await storeImage(picture, user.id);
  await discardRefused(key, () => updateArticle(id, { coverImage: imagePathOf(key) }, actor));
}
