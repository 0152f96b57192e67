import { type NextRequest, NextResponse } from "next/server";
import { addressLanguageHeader, isLocale } from "@/lib/i18n/locales";
import { s3BucketAddress } from "@/lib/storage/s3-bucket-address";
import { isRendering, serveGuestPage } from "@/lib/web/guest-pages/serve-guest-page";
import { env } from "./lib/config/env";
import { clientOf } from "./lib/core/client";
import { AppError } from "./lib/core/errors";
import { tooManyRequests } from "./lib/i18n/plain-pages";
import { once } from "./lib/runtime/once";
import { redirectToMovedArticle } from "./lib/web/moved-page";
import { retryAfterHeader } from "./lib/web/page-limit-header";
import { plainPage } from "./lib/web/plain-page";

/**
 * Gives every page its security headers, counts it against the limit of its client, rejects forms that another site
 * sends, and serves guests from memory. It does not authorize: pages and actions check for themselves who is signed in.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  const response = await respond(request, nonce, policy);
  setSecurityHeaders(response, policy, request);
  return response;
}

async function respond(request: NextRequest, nonce: string, policy: string): Promise<NextResponse> {
  if (request.method === "POST" && !isFromThisSite(request)) return new NextResponse(null, { status: 403 });

  const countRequest = once(() => findRetryAfter(request));
  // A page from memory does not count toward the limit; a page that has to be rendered does.
  const mayRender = async () => {
    if (!(await mayDraw(request))) return false; // part: share-cards
    return (await countRequest()) === null;
  };
  const guestPage = await serveGuestPage(request, nonce, mayRender);
  const retryAfter = guestPage || isRendering(request) ? null : await countRequest();
  if (retryAfter !== null && !isServerAction(request)) {
    const headers = {
      "Cache-Control": "no-store",
      "Content-Type": "text/html; charset=utf-8",
      "Retry-After": retryAfter,
    };
    return new NextResponse(plainPage(tooManyRequests), { status: 429, headers });
  }
  let response: NextResponse | null = guestPage;
  if (!isRendering(request)) response ??= await redirectToMovedArticle(request); // part: import-export
  return response ?? passToNext(request, policy, retryAfter);
}

/** Lets Next.js render the page. */
function passToNext(request: NextRequest, policy: string, retryAfter: string | null): NextResponse {
  // Next.js takes the nonce for its own scripts from this request header. Setting it also overwrites whatever
  // a client may have sent in its place.
  const requestHeaders = new Headers(request.headers);
  requestHeaders.set("content-security-policy", policy);
  requestHeaders.delete("content-security-policy-report-only");
  const language = request.nextUrl.searchParams.get("lang");
  if (isLocale(language)) requestHeaders.set(addressLanguageHeader, language);
  else requestHeaders.delete(addressLanguageHeader);
  if (retryAfter === null) requestHeaders.delete(retryAfterHeader);
  else requestHeaders.set(retryAfterHeader, retryAfter);
  // Next.js compares a form's origin, which `isFromThisSite` has just checked, with the host in this header, and
  // responds with 500 if they differ; any client can set it.
  const origin = request.headers.get("origin");
  if (origin && URL.canParse(origin)) requestHeaders.set("x-forwarded-host", new URL(origin).host);
  // Next.js would reject a form whose origin is "null".
  if (origin === "null") requestHeaders.delete("origin");

  return NextResponse.next({ request: { headers: requestHeaders } });
}

function setSecurityHeaders(response: NextResponse, policy: string, request: NextRequest): void {
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set(
    "referrer-policy",
    hasSecretInAddress(request) ? "no-referrer" : "strict-origin-when-cross-origin",
  );
  if (isPreview(request)) response.headers.set("x-robots-tag", "noindex, nofollow");
  response.headers.set("permissions-policy", permissionsPolicy);
  response.headers.set("cross-origin-opener-policy", "same-origin");
  // Subdomains are not included: they may serve something else without https.
  if (env().isHttps) response.headers.set("strict-transport-security", "max-age=31536000");
}

const permissionsPolicy = [
  "camera=()",
  "geolocation=()",
  "microphone=()",
  "payment=()",
  // Passkeys are for pages of this site, not for frames of other sites in them.
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  "usb=()",
].join(", ");

/**
 * Every document, prefetched or not: if the matcher excluded prefetches, a client could avoid the policy by sending
 * their headers. The API, static files and health checks do not need it, and have their own limits or none.
 */
export const config = {
  matcher: ["/((?!api/|api$|_next/static/|health$|health/ready$|icon\\.svg$|plain-page\\.css$).*)"],
};

/** @returns the seconds that a client beyond its limit has to wait, or null. */
async function findRetryAfter({ headers, nextUrl }: NextRequest): Promise<string | null> {
  // Imported late: it opens the pool, which must not happen before the address of the database is known.
  const { limit, requestPoints } = await import("./lib/core/rate-limit");
  try {
    await limit("request", clientOf(headers).ip, { points: requestPoints(nextUrl) });
    return null;
  } catch (error) {
    if (error instanceof AppError) return String(error.retryAfterSeconds);
    throw error;
  }
}

// part: share-cards
/** @returns whether a client is within the limit for cards. The route counts only requests that reach it directly. */
async function mayDraw({ headers, nextUrl }: NextRequest): Promise<boolean> {
  if (!nextUrl.pathname.endsWith("/card.png")) return true;
  const { limit } = await import("./lib/core/rate-limit");
  return limit("card", clientOf(headers).ip).then(
    () => true,
    () => false,
  );
}
// end of part: share-cards

/** Sent by a script of this site, which shows the response in the page. */
function isServerAction(request: NextRequest): boolean {
  return request.method === "POST" && request.headers.has("next-action");
}

function contentSecurityPolicy(nonce: string): string {
  const isDevelopment = process.env.NODE_ENV === "development";
  return [
    "default-src 'self'",
    // React's development build evaluates code to show server stacks; production needs none of it.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${isDevelopment ? " 'unsafe-inline'" : ""}`,
    // Authors may show pictures of any site over https; `blob:` shows one that is still being uploaded.
    ["img-src 'self' data: blob: https:", ...pictureOrigins()].join(" "),
    // Browsers upload to the bucket directly.
    ...uploadPolicy(),
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    // Without JavaScript, this also restricts the redirect of a form to another site.
    [
      "form-action 'self'",
      ...providerOrigins(), // part: social-sign-in
    ].join(" "),
    "frame-ancestors 'none'",
    ...(env().isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** A store on a private network may be without https. */
function pictureOrigins(): string[] {
  const { s3 } = env();
  return s3?.publicUrl ? [new URL(s3.publicUrl).origin] : [];
}

function uploadPolicy(): string[] {
  const { s3 } = env();
  return s3 ? [`connect-src 'self' ${new URL(s3BucketAddress(s3)).origin}`] : [];
}

// part: social-sign-in
/** The targets of the social sign-in buttons. */
function providerOrigins(): string[] {
  const offered = Object.values(env().providers).filter(({ clientId }) => clientId);
  return offered.map(({ address }) => new URL(address).origin);
}
// end of part: social-sign-in

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
}

const emailLinkPaths = new Set([
  "/reset-password",
  "/verify-email",
  "/undo-address-change",
  "/magic-link",
  "/signup",
]);

/** The URLs of email links and previews contain a token. */
function hasSecretInAddress(request: NextRequest): boolean {
  return emailLinkPaths.has(request.nextUrl.pathname) || isPreview(request);
}

/** An article that is shown to anyone with its link, but not to search engines. */
function isPreview(request: NextRequest): boolean {
  return request.nextUrl.pathname.startsWith("/preview/");
}

/**
 * Browsers send the origin with every form. Next.js compares it with the host as well, but accepts a request without
 * an origin.
 */
function isFromThisSite(request: NextRequest): boolean {
  const origin = request.headers.get("origin");
  // A form on a page with `no-referrer` has the origin "null"; `Sec-Fetch-Site`, which pages cannot set, replaces it.
  if (origin === "null") return request.headers.get("sec-fetch-site") === "same-origin";
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.headers.get("host") || origin === env().APP_URL;
}
