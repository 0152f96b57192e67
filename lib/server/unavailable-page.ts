import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { site } from "@/lib/config/site";
import { wasDatabaseDownSince } from "@/lib/database/outages";
import { defaultLocale, type Locale, locales } from "@/lib/i18n/locales";
import { unavailable } from "@/lib/i18n/unavailable";

/**
 * Replaces a page that fails while the database is unavailable by a 503 page in every language. Next.js responds to
 * each page that fails with 500 and an empty document, and lets no error boundary set the status.
 */
export function replaceUnavailablePage(request: IncomingMessage, response: ServerResponse): void {
  const arrivedAt = Date.now();
  const { write, end, writeHead } = response;
  let isReplaced = false;

  const replaceIfFailed = (status: number) => {
    if (isReplaced || response.headersSent || status !== 500) return;
    if (!String(response.getHeader("content-type")).startsWith("text/html")) return;
    if (!wasDatabaseDownSince(arrivedAt)) return;
    isReplaced = true;
    Object.assign(response, { write, end, writeHead });
    for (const name of documentHeaders) response.removeHeader(name);
    response.statusCode = 503;
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Retry-After", "2");
    response.end(page(request.method === "POST"));
    // Next.js does not know about the replacement and continues to write its document: ignore it.
    Object.assign(response, { write: () => true, end: () => response, writeHead: () => response });
  };

  // A `Proxy` has the type of its target, with all its overloads.
  response.writeHead = new Proxy(writeHead, {
    apply(original, _this, parameters: [number, ...unknown[]]) {
      replaceIfFailed(parameters[0]);
      return isReplaced ? response : Reflect.apply(original, response, parameters);
    },
  });
  response.write = new Proxy(write, {
    apply(original, _this, parameters) {
      replaceIfFailed(response.statusCode);
      return isReplaced ? true : Reflect.apply(original, response, parameters);
    },
  });
  response.end = new Proxy(end, {
    apply(original, _this, parameters) {
      replaceIfFailed(response.statusCode);
      return isReplaced ? response : Reflect.apply(original, response, parameters);
    },
  });
}

/** Headers that describe the replaced document. */
const documentHeaders = ["Content-Encoding", "Content-Length", "Transfer-Encoding", "ETag", "Link"];

/** @param isForm whether the page is the response to a form that was sent without JavaScript. */
function page(isForm: boolean): string {
  return `<!doctype html>
<html lang="${defaultLocale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${unavailable[defaultLocale].title} · ${site.name[defaultLocale]}</title>
<link rel="stylesheet" href="/unavailable.css">
</head>
<body>
<main>
${locales.map((locale) => section(locale, isForm)).join("\n")}
</main>
</body>
</html>
`;
}

function section(locale: Locale, isForm: boolean): string {
  const { title, text, sent, retry } = unavailable[locale];
  const heading = locale === defaultLocale ? "h1" : "h2";
  return `<section lang="${locale}">
<${heading}>${title}</${heading}>
<p>${isForm ? sent : text}</p>${isForm ? "" : `\n<p><a href="">${retry}</a></p>`}
</section>`;
}
