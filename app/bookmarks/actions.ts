"use server";

import { refresh } from "next/cache";
import { bookmarkForm } from "@/lib/bookmarks/contract";
import { setBookmarked } from "@/lib/bookmarks/set-bookmarked";
import { formAction } from "@/lib/web/forms/form-action";
import { requireCurrentUserOr401 } from "@/lib/web/session/browser-session";

/** Keeps an article among one's bookmarks, or lets it go; the page that one is on shows it. */
export const bookmarkAction = formAction("bookmark", bookmarkForm, async ({ articleId, isBookmarked }) => {
  await setBookmarked(articleId, isBookmarked, await requireCurrentUserOr401());
  refresh();
});
