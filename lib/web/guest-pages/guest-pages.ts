import "server-only";
import { VersionedCache } from "@/lib/core/versioned-cache";
import type { GuestPageAddress } from "./guest-page-address";
import { type RenderedPage, renderPage } from "./render-page";

/** A page in memory, split at the places of its nonce. A document has none. */
type KeptPage = { headers: [string, string][]; parts: Buffer[] };

export type GuestPage = { headers: [string, string][]; body: Uint8Array<ArrayBuffer>; isHit: boolean };

const maxBytes = 32 * 1024 * 1024;

/** The headers that are kept with a page. The proxy adds those that every page has. */
const keptHeaders = ["content-type", "cache-control", "link", "vary", "etag"];

const pages = new VersionedCache<KeptPage>({ maxSize: maxBytes, sizeOf });

/**
 * Returns a guest page from memory, or renders and keeps it. A page belongs to the content version that was read before
 * it was rendered, so every guest sees each write that was acknowledged before their request.
 *
 * @param nonce of this response: it replaces the one that the page was rendered with.
 * @param mayRender is called before a page is rendered.
 * @returns null for responses that are not kept: redirects, errors, pages that do not exist.
 */
export async function findGuestPage(
  address: GuestPageAddress,
  nonce: string,
  mayRender: () => Promise<boolean>,
): Promise<GuestPage | null> {
  const key = `${address.locale} ${address.theme} ${address.path}`;
  const { version, value: kept } = await pages.find(key);
  if (!kept && !(await mayRender())) return null;
  const page =
    kept ?? (await pages.make(key, version, async () => toKeptPage(address, await renderPage(address))));
  return page && { headers: page.headers, body: withNonce(page.parts, nonce), isHit: kept !== undefined };
}

function toKeptPage(
  { isDocument }: GuestPageAddress,
  { status, headers, body }: RenderedPage,
): KeptPage | null {
  const nonce = /'nonce-([^']+)'/.exec(String(headers["content-security-policy"]))?.[1];
  if (status !== 200 || headers["set-cookie"] || !nonce) return null;
  return {
    headers: keptHeaders.flatMap((name): [string, string][] => {
      const value = headers[name];
      return value === undefined ? [] : [[name, String(value)]];
    }),
    parts: isDocument ? [body] : cutAt(body, Buffer.from(nonce)),
  };
}

function cutAt(body: Buffer, mark: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  let start = 0;
  for (let at = body.indexOf(mark); at >= 0; at = body.indexOf(mark, start)) {
    parts.push(body.subarray(start, at));
    start = at + mark.length;
  }
  parts.push(body.subarray(start));
  return parts;
}

function withNonce(parts: Buffer[], nonce: string): Uint8Array<ArrayBuffer> {
  const mark = Buffer.from(nonce);
  const length = parts.reduce((sum, part) => sum + part.length, (parts.length - 1) * mark.length);
  const body = new Uint8Array(length);
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (index > 0) {
      body.set(mark, at);
      at += mark.length;
    }
    body.set(part, at);
    at += part.length;
  }
  return body;
}

function sizeOf({ parts }: KeptPage): number {
  return parts.reduce((sum, part) => sum + part.length + 100, 1000);
}
