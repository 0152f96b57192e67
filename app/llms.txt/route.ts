import { documentRoute } from "@/lib/api/document-route";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeLlmsTxt } from "@/lib/feeds/write-llms-txt";

export const GET = documentRoute(async ({ locale }) => ({
  body: writeLlmsTxt(await getLatestArticles(), locale),
  contentType: "text/markdown; charset=utf-8",
}));
