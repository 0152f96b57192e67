import { isIP, SocketAddress } from "node:net";
import { env } from "@/lib/config/env";
import { type Locale, negotiateLocale } from "@/lib/i18n/locales";

/** Who calls, as far as the connection tells. `ip` is the whole address in its one spelling. */
export type Client = { ip: string; userAgent: string | null; locale: Locale; requestId: string };

/**
 * The header in which `normalize-requests.ts` passes the address of the connection; it overwrites whatever a caller
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
  const connection = findAddress(headers.get(connectionAddressHeader) ?? "") ?? "unknown";
  const trusted = env().TRUSTED_PROXIES;
  if (trusted === 0) return connection;
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-trusted) ?? "";
  return findAddress(forwarded.trim()) ?? connection;
}

/**
 * Reads an address with or without a port, as proxies write it: `192.0.2.1:5678`, `[2001:db8::1]:80`.
 *
 * @returns its one spelling, IPv4 written as IPv6 as IPv4; null for what is no address.
 */
function findAddress(text: string): string | null {
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, "$1");
  const version = isIP(address);
  if (version === 0) return null;
  const family = version === 6 ? "ipv6" : "ipv4";
  return new SocketAddress({ address, family }).address.replace(/^::ffff:(?=[\d.]+$)/, "");
}

/**
 * The network that an address belongs to, as limits count it. One IPv6 connection has a whole /64 to choose its
 * addresses from.
 *
 * @returns an IPv6 address as its /64; anything else as it is.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [left = [], right] = address.split("::").map((part) => part.split(":").filter(Boolean));
  const groups = right
    ? [...left, ...Array<string>(8 - left.length - right.length).fill("0"), ...right]
    : left;
  return `${groups.slice(0, 4).join(":")}::/64`;
}

function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given && /^[A-Za-z0-9._-]{1,64}$/.test(given) ? given : crypto.randomUUID();
}
