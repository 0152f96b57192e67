import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";

/** Paths that search engines should skip: the API, and pages for signed-in users. */
const disallowedPaths = [
  "/api/",
  "/me",
  "/bookmarks", // part: bookmarks
  "/articles/new",
  "/articles/*/edit",
  "/articles/*/delete",
  "/dev/",
];

export const GET = documentRoute(async () => ({
  body: [
    "User-agent: *",
    // Images of articles and users.
    "Allow: /api/v1/storage/",
    ...disallowedPaths.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${env().APP_URL}/sitemap.xml`,
    "",
  ].join("\n"),
  contentType: "text/plain; charset=utf-8",
  maxAgeSeconds: 3600,
}));
