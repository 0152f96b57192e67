"use server";

import { refresh } from "next/cache";
import { bookmarkForm } from "@/lib/bookmarks/contract";
import { setBookmarked } from "@/lib/bookmarks/set-bookmarked";
import { formAction } from "@/lib/web/forms/form-action";
import { requireCurrentUserOr401 } from "@/lib/web/session/browser-session";

/** Adds or removes a bookmark; the current page shows it. */
export const bookmarkAction = formAction("bookmark", bookmarkForm, async ({ articleId, isBookmarked }) => {
  await setBookmarked(articleId, isBookmarked, await requireCurrentUserOr401());
  refresh();
});
