import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { isBookmarked } from "@/lib/bookmarks/set-bookmarked";
import { BookmarkButton } from "./bookmark-button";

/** Queries the bookmark in a component of its own, so that the rest of the page does not wait for it. */
export async function Bookmark({
  article,
  reader,
}: {
  article: { id: string; path: string };
  reader: CurrentUser | null;
}) {
  return (
    <BookmarkButton article={article} isBookmarked={reader && (await isBookmarked(article.id, reader.id))} />
  );
}
