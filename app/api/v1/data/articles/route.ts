import { createArticleContract, listArticlesContract } from "@/lib/articles/contract";
import { createArticle } from "@/lib/articles/create-article";
import { listArticles } from "@/lib/articles/list-articles";
import { endpoint, route } from "@/lib/http/endpoint";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: endpoint(listArticlesContract, ({ query, actor }) => listArticles(query, actor)),
  POST: endpoint(createArticleContract, ({ body, user, actor }) => createArticle(body, user, actor)),
});
