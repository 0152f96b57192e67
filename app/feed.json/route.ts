import { env } from "@/lib/env";
import { getLatestArticles } from "@/lib/feeds/latest-articles";
import { writeJsonFeed } from "@/lib/feeds/write-json-feed";
import { documentRoute } from "@/lib/http/document-route";

export const GET = documentRoute(async ({ locale, url }) => ({
  body: writeJsonFeed(await getLatestArticles(), { locale, address: env().APP_URL + url.pathname }),
  contentType: "application/feed+json; charset=utf-8",
  maxAgeSeconds: 300,
}));
