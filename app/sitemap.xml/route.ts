import { documentRoute } from "@/lib/api/document-route";
import { countArticleParts } from "@/lib/sitemap/published-pages";
import { writeSitemapIndex } from "@/lib/sitemap/write-sitemap";

export const GET = documentRoute(async () => ({
  body: writeSitemapIndex(await countArticleParts()),
  contentType: "application/xml; charset=utf-8",
}));
