import { countArticleParts } from "@/lib/feeds/published-pages";
import { writeSitemapIndex } from "@/lib/feeds/write-sitemap";
import { documentRoute } from "@/lib/http/document-route";

export const GET = documentRoute(async () => ({
  body: writeSitemapIndex(await countArticleParts()),
  contentType: "application/xml; charset=utf-8",
  maxAgeSeconds: 3600,
}));
