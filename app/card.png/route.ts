import { documentRoute } from "@/lib/api/document-route";
import { drawCard } from "@/lib/cards/draw-card";
import { site } from "@/lib/config/site";

/** The share card (Open Graph image) of the site. */
export const GET = documentRoute(
  async ({ locale }) => ({
    body: await drawCard({ title: site.tagline[locale], facts: [], siteName: site.name[locale] }),
    contentType: "image/png",
  }),
  { addressLimit: "card" },
);
