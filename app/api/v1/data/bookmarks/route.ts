import { endpoint, route } from "@/lib/api/endpoint";
import { createBookmarkContract, listBookmarksContract } from "@/lib/bookmarks/contract";
import { createBookmark } from "@/lib/bookmarks/create-bookmark";
import { listBookmarks } from "@/lib/bookmarks/list-bookmarks";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listBookmarksContract, ({ query, user }) => listBookmarks(query, user.id)),
  POST: endpoint(createBookmarkContract, ({ body, user, actor }) =>
    createBookmark(body.articleId, user.id, actor),
  ),
});
