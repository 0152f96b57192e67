import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";

/** What search engines need not look at: what is for programs, and what is only for whoever is signed in. */
const closed = [
  "/api/",
  "/me",
  "/bookmarks",
  "/articles/new",
  "/articles/*/edit",
  "/articles/*/delete",
  "/dev/",
];

export const GET = documentRoute(async () => ({
  body: [
    "User-agent: *",
    // Pictures of articles and people.
    "Allow: /api/v1/storage/",
    ...closed.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${env().APP_URL}/sitemap.xml`,
    "",
  ].join("\n"),
  contentType: "text/plain; charset=utf-8",
  maxAgeSeconds: 3600,
}));
