import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";

/**
 * Paths that search engines should skip: the API, and pages for signed-in users. A path without `$` is a prefix, and would
 * hide public pages, such as an article at `/articles/new-year-…` or an old address `/memo`.
 */
const disallowedPaths = [
  "/api/",
  "/me$",
  "/me/",
  "/bookmarks$", // part: bookmarks
  "/articles/new$",
  "/articles/*/edit$",
  "/articles/*/delete$",
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
}));
