import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeLlmsTxt } from "@/lib/feeds/write-llms-txt";
import { documentRoute } from "@/lib/http/document-route";

export const GET = documentRoute(async ({ locale }) => ({
  body: writeLlmsTxt(await getLatestArticles(), locale),
  contentType: "text/markdown; charset=utf-8",
  maxAgeSeconds: 3600,
}));
