import { env } from "@/lib/env";
import { type Locale, negotiateLocale } from "@/lib/i18n/locales";

/** Who calls, as far as the connection tells. */
export type Client = { ip: string; userAgent: string | null; locale: Locale; requestId: string };

/**
 * The header in which `start-server.ts` hands on the address of the connection; it overwrites whatever a caller
 * put there.
 */
export const connectionAddressHeader = "x-connection-address";

/**
 * Reads who calls from the headers of a request.
 *
 * @param locale the language that the caller chose on the site, where one did; else `Accept-Language` tells.
 */
export function clientOf(headers: Headers, locale?: Locale): Client {
  return {
    ip: clientAddress(headers),
    userAgent: headers.get("user-agent")?.slice(0, 500) ?? null,
    locale: locale ?? negotiateLocale(headers.get("accept-language")),
    requestId: requestIdOf(headers),
  };
}

/**
 * The caller's address: the connection's, or the one that the outermost of our trusted proxies wrote down.
 * Anything further left in `X-Forwarded-For` is the caller's own word and counts for nothing.
 */
function clientAddress(headers: Headers): string {
  const connection = headers.get(connectionAddressHeader) ?? "unknown";
  const trusted = env().TRUSTED_PROXIES;
  if (trusted === 0) return connection;
  return headers.get("x-forwarded-for")?.split(",").at(-trusted)?.trim() || connection;
}

function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}
