import { documentRoute } from "@/lib/api/document-route";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeRss } from "@/lib/feeds/write-rss";

export const GET = documentRoute(async ({ locale, address }) => ({
  body: writeRss(await getLatestArticles(), { locale, address }),
  contentType: "application/rss+xml; charset=utf-8",
}));
