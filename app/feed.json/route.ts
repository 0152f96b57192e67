import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeJsonFeed } from "@/lib/feeds/write-json-feed";

export const GET = documentRoute(async ({ locale, url }) => ({
  body: writeJsonFeed(await getLatestArticles(), { locale, address: env().APP_URL + url.pathname }),
  contentType: "application/feed+json; charset=utf-8",
  maxAgeSeconds: 300,
}));
