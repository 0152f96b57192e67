import { isIP, SocketAddress } from "node:net";
import { env } from "@/lib/config/env";
import { type Locale, negotiateLocale } from "@/lib/i18n/locales";

/** The client of a request, by its connection and headers. `ip` is the full address in its canonical form. */
export type Client = { ip: string; userAgent: string | null; locale: Locale; requestId: string };

/**
 * The header in which `normalize-requests.ts` passes the address of the connection, over any value that the caller
 * sent.
 */
export const connectionAddressHeader = "x-connection-address";

/**
 * Identifies the client of a request by its headers.
 *
 * @param locale the language that the user chose on the site; `Accept-Language` decides without it.
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
 * The client's address: the connection's, or the one that the outermost of our trusted proxies reported.
 * Anything further left in `X-Forwarded-For` is sent by the client, who could forge it.
 */
function clientAddress(headers: Headers): string {
  const connection = connectionAddress(headers);
  const trusted = env().TRUSTED_PROXIES;
  if (trusted === 0) return connection;
  const forwarded = headers.get("x-forwarded-for")?.split(",").at(-trusted) ?? "";
  return findAddress(forwarded.trim()) ?? connection;
}

/** @returns the address of the connection itself, in its canonical form: the client's or a proxy's. */
export function connectionAddress(headers: Pick<Headers, "get">): string {
  return findAddress(headers.get(connectionAddressHeader) ?? "") ?? "unknown";
}

/**
 * Reads an address with or without a port, as proxies write it: `192.0.2.1:5678`, `[2001:db8::1]:80`.
 *
 * @returns its canonical form, with IPv4-mapped IPv6 as IPv4; null for text that is not an address.
 */
function findAddress(text: string): string | null {
  const address = /^\[(.+)\](?::\d+)?$/.exec(text)?.[1] ?? text.replace(/^([\d.]+):\d+$/, "$1");
  const version = isIP(address);
  if (version === 0) return null;
  const family = version === 6 ? "ipv6" : "ipv4";
  return new SocketAddress({ address, family }).address.replace(/^::ffff:(?=[\d.]+$)/, "");
}

/**
 * The network of an address, as rate limits count it. One IPv6 connection can choose its addresses from a whole /64.
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
