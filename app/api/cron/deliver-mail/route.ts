import { env } from "@/lib/config/env";
import { equalSecrets } from "@/lib/crypto/secrets";
import { drainOutbox } from "@/lib/email/outbox";

/** In seconds, for hosts that limit it: enough for a hundred emails. */
export const maxDuration = 60;

/**
 * Sends the pending emails of the outbox. A scheduler calls it on hosts where no server keeps running to retry
 * (Vercel's cron sends `CRON_SECRET` as a bearer token). Without that setting it returns 404.
 */
export async function GET(request: Request): Promise<Response> {
  const { CRON_SECRET } = env();
  if (!CRON_SECRET) return new Response(null, { status: 404 });

  const authorization = request.headers.get("authorization") ?? "";
  if (!equalSecrets(authorization, `Bearer ${CRON_SECRET}`)) return new Response(null, { status: 401 });

  await drainOutbox((maxDuration - 10) * 1000);
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
