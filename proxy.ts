import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/env";
import { addressLanguageHeader, isLocale } from "@/lib/i18n/locales";
import { s3BucketAddress } from "@/lib/storage/s3-bucket-address";

/**
 * Gives every page its security headers, and refuses forms that another site sends. It knows nothing of who
 * is signed in: pages and actions check that for themselves.
 */
export function proxy(request: NextRequest): NextResponse {
  if (request.method === "POST" && !comesFromHere(request)) return new NextResponse(null, { status: 403 });

  const policy = contentSecurityPolicy(newNonce());

  // Next.js takes the nonce for its own scripts from this request header. Setting it also overwrites whatever
  // a client may have sent in its place.
  const requestHeaders = new Headers(request.headers);
  requestHeaders.set("content-security-policy", policy);
  requestHeaders.delete("content-security-policy-report-only");
  const language = request.nextUrl.searchParams.get("lang");
  if (isLocale(language)) requestHeaders.set(addressLanguageHeader, language);
  else requestHeaders.delete(addressLanguageHeader);
  // Next.js would refuse a form without its origin, for which `comesFromHere` has just vouched.
  if (request.headers.get("origin") === "null") requestHeaders.delete("origin");

  const response = NextResponse.next({ request: { headers: requestHeaders } });
  response.headers.set("content-security-policy", policy);
  response.headers.set("x-content-type-options", "nosniff");
  response.headers.set(
    "referrer-policy",
    hasSecretInAddress(request) ? "no-referrer" : "strict-origin-when-cross-origin",
  );
  if (isPreview(request)) response.headers.set("x-robots-tag", "noindex, nofollow");
  response.headers.set("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  response.headers.set("cross-origin-opener-policy", "same-origin");
  // Subdomains are left out: they may belong to something else that is not on https.
  if (env().isHttps) response.headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

/**
 * Every document, prefetched or not: a matcher that looks at prefetch headers could be talked out of the
 * policy by sending them. The API, static files and health checks have no use for it.
 */
export const config = {
  matcher: ["/((?!api/|api$|_next/static/|health$|health/ready$|icon\\.svg$).*)"],
};

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
    // A form whose answer leads on to a provider is held to this, too, where there is no script.
    `form-action ${["'self'", ...providerOrigins()].join(" ")}`,
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

/** Where the buttons to sign in by a provider lead. */
function providerOrigins(): string[] {
  const { AUTH_GOOGLE_ID, AUTH_GOOGLE_ISSUER, AUTH_GITHUB_ID, AUTH_GITHUB_URL } = env();
  return [
    ...(AUTH_GOOGLE_ID ? [new URL(AUTH_GOOGLE_ISSUER).origin] : []),
    ...(AUTH_GITHUB_ID ? [new URL(AUTH_GITHUB_URL).origin] : []),
  ];
}

function newNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
}

/** The pages behind the links of mails, and previews: their addresses carry a token. */
function hasSecretInAddress(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  return pathname === "/reset-password" || pathname === "/verify-email" || isPreview(request);
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
