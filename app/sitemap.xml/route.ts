import { documentRoute } from "@/lib/api/document-route";
import { countArticleParts } from "@/lib/feeds/published-pages";
import { writeSitemapIndex } from "@/lib/feeds/write-sitemap";

export const GET = documentRoute(async () => ({
  body: writeSitemapIndex(await countArticleParts()),
  contentType: "application/xml; charset=utf-8",
  maxAgeSeconds: 3600,
}));
