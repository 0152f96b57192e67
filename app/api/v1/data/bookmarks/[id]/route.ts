import { endpoint, route } from "@/lib/api/endpoint";
import { deleteBookmarkContract, getBookmarkContract } from "@/lib/bookmarks/contract";
import { deleteBookmark } from "@/lib/bookmarks/delete-bookmark";
import { getBookmark } from "@/lib/bookmarks/get-bookmark";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getBookmarkContract, ({ params, user }) => getBookmark(params.id, user.id)),
  DELETE: endpoint(deleteBookmarkContract, async ({ params, user }) => {
    await deleteBookmark(params.id, user.id);
    return { success: true } as const;
  }),
});
