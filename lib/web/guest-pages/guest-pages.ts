import "server-only";
import { VersionMemory } from "@/lib/core/version-memory";
import type { GuestPageAddress } from "./guest-page-address";
import { type RenderedPage, renderPage } from "./render-page";

/** A page in memory, cut at the places where its nonce goes. A document has none. */
type KeptPage = { headers: [string, string][]; parts: Buffer[] };

export type GuestPage = { headers: [string, string][]; body: Uint8Array<ArrayBuffer>; isHit: boolean };

const maxBytes = 32 * 1024 * 1024;

/** What a page says about itself. Headers that the proxy adds to every page are added to these as well. */
const keptHeaders = ["content-type", "cache-control", "link", "vary", "etag"];

const pages = new VersionMemory<KeptPage>({ maxSize: maxBytes, sizeOf });

/**
 * Answers a page for a guest from memory, or renders it and keeps it. A page belongs to the version of the content
 * that was read before it was rendered, so every guest sees what was written before they asked.
 *
 * @param nonce of this answer: it takes the place of the one that the page was rendered with.
 * @param mayRender is asked before a page is rendered.
 * @returns null for what is not kept: redirects, errors, pages that do not exist.
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
