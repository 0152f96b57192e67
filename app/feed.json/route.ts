import { documentRoute } from "@/lib/api/document-route";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeJsonFeed } from "@/lib/feeds/write-json-feed";

export const GET = documentRoute(async ({ locale, address }) => ({
  body: writeJsonFeed(await getLatestArticles(), { locale, address }),
  contentType: "application/feed+json; charset=utf-8",
}));
