import "server-only";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { env } from "@/lib/config/env";
import { newSecret } from "@/lib/crypto/secrets";
import { perProcess } from "@/lib/runtime/per-process";
import type { GuestPageAddress } from "./guest-page-address";

/** What the app answers when a page is rendered for the memory. */
export type RenderedPage = { status: number; headers: Record<string, string | string[]>; body: Buffer };

/** Marks the server's own requests for a page. Only this process knows its value. */
export const renderingHeader = "x-guest-page";

const patienceMs = 15_000;

const self = perProcess("guest-pages", (): { server?: Server; secret: string } => ({
  secret: newSecret(),
}));

/** @returns the value that marks this server's own requests. */
export function renderingSecret(): string {
  return self.secret;
}

/** Marks what the router of Next.js asks for in place of a document: the proxy is not shown the headers that say so. */
export const routerRequestHeader = "x-router-request";

/**
 * To be called for each request as it arrives: notes which server this process listens with, so that it can ask
 * itself for a page, and marks what the router asks for.
 */
export function receiveForGuestPages({ headers }: IncomingMessage, server: Server): void {
  self.server = server;
  if (headers.rsc === undefined) delete headers[routerRequestHeader];
  else headers[routerRequestHeader] = "1";
}

/** @returns whether this server knows its own address, so that pages can be rendered for the memory. */
export function canRenderPages(): boolean {
  return listeningAddress() !== null;
}

/**
 * Renders a page as a guest sees it, by asking this very server at its listening address: never at a host that a
 * request names.
 */
export function renderPage({ path, locale, theme }: GuestPageAddress): Promise<RenderedPage> {
  const address = listeningAddress();
  if (!address) return Promise.reject(new Error("This server does not know its address."));
  const { APP_URL, isHttps } = env();
  const prefix = isHttps ? "__Host-" : "";
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...address,
        path,
        agent: false,
        timeout: patienceMs,
        headers: {
          host: new URL(APP_URL).host,
          "accept-language": locale,
          cookie: `${prefix}locale=${locale}; ${prefix}theme=${theme}`,
          [renderingHeader]: renderingSecret(),
        },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: definedOnly(response.headers),
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    asked.on("timeout", () => asked.destroy(new Error(`${path} was not rendered in time.`)));
    asked.on("error", reject);
    asked.end();
  });
}

function listeningAddress(): { host: string; port: number } | null {
  const address: AddressInfo | string | null = self.server?.address() ?? null;
  if (address === null || typeof address === "string") return null;
  const isAnyAddress = address.address === "::" || address.address === "0.0.0.0";
  return { host: isAnyAddress ? "127.0.0.1" : address.address, port: address.port };
}

function definedOnly(headers: NodeJS.Dict<string | string[]>): RenderedPage["headers"] {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string | string[]] => entry[1] !== undefined),
  );
}
