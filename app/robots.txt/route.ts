import { documentRoute } from "@/lib/api/document-route";
import { env } from "@/lib/config/env";

/** Paths that search engines should skip: those for programs and those for signed-in users. */
const closed = [
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
