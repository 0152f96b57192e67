import { endpoint, route } from "@/lib/api/endpoint";
import { createArticleContract, listArticlesContract } from "@/lib/articles/contract";
import { createArticle } from "@/lib/articles/create-article";
import { listArticles } from "@/lib/articles/list-articles";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listArticlesContract, ({ query, actor }) => listArticles(query, actor)),
  POST: endpoint(createArticleContract, ({ body, user, actor }) => createArticle(body, user, actor)),
});
