import { endpoint, route } from "@/lib/api/endpoint";
import { deleteArticleContract, getArticleContract, updateArticleContract } from "@/lib/articles/contract";
import { deleteArticle } from "@/lib/articles/delete-article";
import { getArticle } from "@/lib/articles/get-article";
import { updateArticle } from "@/lib/articles/update-article";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(getArticleContract, ({ params, actor }) => getArticle(params.id, actor)),
  PATCH: endpoint(updateArticleContract, ({ params, body, actor }) => updateArticle(params.id, body, actor)),
  DELETE: endpoint(deleteArticleContract, async ({ params, actor }) => {
    await deleteArticle(params.id, actor);
    return { success: true } as const;
  }),
});
