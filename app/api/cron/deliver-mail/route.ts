import { env } from "@/lib/config/env";
import { equalSecrets } from "@/lib/crypto/secrets";
import { drainOutbox } from "@/lib/email/outbox";

/** In seconds, where a host limits it: the time for a hundred mails. */
export const maxDuration = 60;

/**
 * Sends the mail that waits, for a scheduler where no server lives on to try again by itself (Vercel's cron sends
 * `CRON_SECRET` as a bearer token). Without that setting there is nothing here.
 */
export async function GET(request: Request): Promise<Response> {
  const { CRON_SECRET } = env();
  if (!CRON_SECRET) return new Response(null, { status: 404 });

  const authorization = request.headers.get("authorization") ?? "";
  if (!equalSecrets(authorization, `Bearer ${CRON_SECRET}`)) return new Response(null, { status: 401 });

  await drainOutbox((maxDuration - 10) * 1000);
  return new Response(null, { status: 204, headers: { "Cache-Control": "no-store" } });
}
