import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { wasDatabaseDownSince } from "@/lib/database/outages";
import { notSaved, unavailable } from "@/lib/i18n/plain-pages";
import { plainPage } from "@/lib/web/plain-page";

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
    // A form that was sent without JavaScript.
    response.end(plainPage(request.method === "POST" ? notSaved : unavailable));
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
