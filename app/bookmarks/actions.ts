"use server";

import { refresh } from "next/cache";
import { findWebUser } from "@/lib/auth/web-session";
import { bookmarkForm } from "@/lib/bookmarks/contract";
import { setBookmarked } from "@/lib/bookmarks/set-bookmarked";
import { formAction } from "@/lib/form";
import { ApiError } from "@/lib/http/errors";

/** Keeps an article among one's bookmarks, or lets it go; the page that one is on shows it. */
export const bookmarkAction = formAction(bookmarkForm, async ({ articleId, isKept }) => {
  const user = await findWebUser();
  if (!user) throw new ApiError("auth/unauthorized");
  await setBookmarked(articleId, isKept, user);
  refresh();
});
