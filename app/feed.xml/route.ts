import { env } from "@/lib/env";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeRss } from "@/lib/feeds/write-rss";
import { documentRoute } from "@/lib/http/document-route";

export const GET = documentRoute(async ({ locale, url }) => ({
  body: writeRss(await getLatestArticles(), { locale, address: env().APP_URL + url.pathname }),
  contentType: "application/rss+xml; charset=utf-8",
  maxAgeSeconds: 300,
}));
