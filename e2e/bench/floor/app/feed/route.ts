export const dynamic = "force-static";

/** A response of the size of the feed. */
export function GET(): Response {
  return new Response("x".repeat(Number(process.env.FEED_BYTES ?? 0)), {
    headers: { "Content-Type": "application/rss+xml; charset=utf-8" },
  });
}
