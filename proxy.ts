import { type NextRequest, NextResponse } from "next/server";
import { addressLanguageHeader, isLocale } from "@/lib/i18n/locales";
import { s3BucketAddress } from "@/lib/storage/s3-bucket-address";
import { answerGuest, isRendering } from "@/lib/web/guest-pages/answer-guest";
import { env } from "./lib/config/env";
import { clientOf } from "./lib/core/client";
import { AppError } from "./lib/core/errors";
import { tooManyRequests } from "./lib/i18n/last-resort";
import { redirectToMovedArticle } from "./lib/web/moved-page";
import { retryAfterHeader } from "./lib/web/page-limit-header";
import { plainPage } from "./lib/web/plain-page";

/**
 * Gives every page its security headers, counts it against the limit of its client, rejects forms that another site
 * sends, and answers guests from memory. It protects nothing: pages and actions check for themselves who is signed in.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  if (request.method === "POST" && !comesFromHere(request)) return new NextResponse(null, { status: 403 });

  const nonce = newNonce();
  const policy = contentSecurityPolicy(nonce);
  let counting: Promise<string | null> | undefined;
  const countRequest = () => {
    counting ??= findRetryAfter(request);
    return counting;
  };
  // A page from memory does not count, one that has to be rendered does.
  const mayRender = async () => {
    if (!(await mayDraw(request))) return false; // part: share-cards
    return (await countRequest()) === null;
  };
  const guestPage = await answerGuest(request, nonce, mayRender);
  const retryAfter = guestPage || isRendering(request) ? null : await countRequest();
  if (retryAfter !== null && !isServerAction(request)) {
    const headers = { ...plainPageHeaders, "Content-Security-Policy": policy, "Retry-After": retryAfter };
    return new NextResponse(plainPage(tooManyRequests), { status: 429, headers });
  }
  let response: NextResponse | null = guestPage;
  if (!isRendering(request)) response ??= await redirectToMovedArticle(request); // part: import-export
  response ??= handOver(request, policy, retryAfter);
  setSecurityHeaders(response, policy, request);
  return response;
}

/** Lets Next.js render the page. */
function handOver(request: NextRequest, policy: string, retryAfter: string | null): NextResponse {
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
  // Next.js compares a form's origin, for which `comesFromHere` has just vouched, with the host that this header names,
  // and answers 500 where they differ; any client can set it.
  const origin = request.headers.get("origin");
  if (origin && URL.canParse(origin)) requestHeaders.set("x-forwarded-host", new URL(origin).host);
  // Next.js would refuse a form without its origin.
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
  // Subdomains are left out: they may belong to something else that is not on https.
  if (env().isHttps) response.headers.set("strict-transport-security", "max-age=31536000");
}

const permissionsPolicy = [
  "camera=()",
  "geolocation=()",
  "microphone=()",
  "payment=()",
  // Passkeys are for our own pages, not for what other sites may frame in them.
  "publickey-credentials-create=(self)",
  "publickey-credentials-get=(self)",
  "usb=()",
].join(", ");

/**
 * Every document, prefetched or not: a matcher that looks at prefetch headers could be talked out of the
 * policy by sending them. The API, static files and health checks have no use for it, and have limits of their own or
 * none.
 */
export const config = {
  matcher: ["/((?!api/|api$|_next/static/|health$|health/ready$|icon\\.svg$|plain-page\\.css$).*)"],
};

const plainPageHeaders = {
  "Cache-Control": "no-store",
  "Content-Type": "text/html; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
};

/** @returns the seconds that a client has to wait which is beyond its limit, or null. */
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
/** @returns whether a client is within the limit for cards, which the route would count if the client asked it. */
async function mayDraw({ headers, nextUrl }: NextRequest): Promise<boolean> {
  if (!nextUrl.pathname.endsWith("/card.png")) return true;
  const { limit } = await import("./lib/core/rate-limit");
  return limit("card", clientOf(headers).ip).then(
    () => true,
    () => false,
  );
}
// end of part: share-cards

/** Sent by a script of ours, which shows the answer in the page. What else it may be sent by finds no action. */
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
    // Authors show pictures from anywhere, over https; one that is being uploaded is shown from the disk it is on.
    ["img-src 'self' data: blob: https:", ...pictureOrigins()].join(" "),
    // Browsers put what they upload into the bucket themselves.
    ...uploadPolicy(),
    "object-src 'none'",
    "frame-src 'none'",
    "base-uri 'none'",
    // A form whose answer leads on to another site is held to this, too, where there is no script.
    [
      "form-action 'self'",
      ...providerOrigins(), // part: social-sign-in
    ].join(" "),
    "frame-ancestors 'none'",
    ...(env().isHttps ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

/** A store in the house may be without https. */
function pictureOrigins(): string[] {
  const { s3 } = env();
  return s3?.publicUrl ? [new URL(s3.publicUrl).origin] : [];
}

function uploadPolicy(): string[] {
  const { s3 } = env();
  return s3 ? [`connect-src 'self' ${new URL(s3BucketAddress(s3)).origin}`] : [];
}

// part: social-sign-in
/** Where the buttons of social sign-in lead. */
function providerOrigins(): string[] {
  const offered = Object.values(env().providers).filter(({ clientId }) => clientId);
  return offered.map(({ address }) => new URL(address).origin);
}
// end of part: social-sign-in

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
}

const pagesOfMails = new Set([
  "/reset-password",
  "/verify-email",
  "/undo-address-change",
  "/magic-link",
  "/signup",
]);

/** The pages behind the links of mails, and previews: their addresses carry a token. */
function hasSecretInAddress(request: NextRequest): boolean {
  return pagesOfMails.has(request.nextUrl.pathname) || isPreview(request);
}

/** An article that is shown to the holder of a link, and to no search engine. */
function isPreview(request: NextRequest): boolean {
  return request.nextUrl.pathname.startsWith("/preview/");
}

/**
 * Browsers name the origin of every form they send. Next.js compares it with the host as well, but lets a
 * request without one through.
 */
function comesFromHere(request: NextRequest): boolean {
  const origin = request.headers.get("origin");
  // A form on a page without referrers is sent without its origin, and the browser itself vouches for it.
  if (origin === "null") return request.headers.get("sec-fetch-site") === "same-origin";
  if (!origin || !URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return host === request.headers.get("host") || origin === env().APP_URL;
}
