import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeRss } from "@/lib/feeds/write-rss";

export const GET = documentRoute(async ({ locale, url }) => ({
  body: writeRss(await getLatestArticles(), { locale, address: env().APP_URL + url.pathname }),
  contentType: "application/rss+xml; charset=utf-8",
  maxAgeSeconds: 300,
}));
