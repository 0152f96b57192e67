import "server-only";
import { type IncomingMessage, request } from "node:http";
import type { AddressInfo, Server } from "node:net";
import { env } from "@/lib/config/env";
import { newSecret } from "@/lib/crypto/secrets";
import { perProcess } from "@/lib/runtime/per-process";
import { fullCookieName } from "@/lib/web/cookies";
import type { GuestPageAddress } from "./guest-page-address";

/** The response of this server to its own request for a page. */
export type RenderedPage = { status: number; headers: Record<string, string | string[]>; body: Buffer };

/** Marks the server's own requests for a page by a secret that only this process has. */
export const renderingHeader = "x-guest-page";

const timeoutMs = 15_000;

const self = perProcess("guest-pages", (): { server?: Server; secret: string } => ({
  secret: newSecret(),
}));

/** @returns the secret of this server's own requests. */
export function renderingSecret(): string {
  return self.secret;
}

/** Marks requests of the Next.js router, whose own headers Next.js removes before it calls the proxy. */
export const routerRequestHeader = "x-router-request";

/**
 * Call it for each request as it arrives: it remembers the server of this process, so that it can request pages from
 * itself, and marks requests of the router.
 */
export function receiveForGuestPages({ headers }: IncomingMessage, server: Server): void {
  self.server = server;
  if (headers.rsc === undefined) delete headers[routerRequestHeader];
  else headers[routerRequestHeader] = "1";
}

/** @returns whether this server knows its own address, which `renderPage` needs. */
export function canRenderPages(): boolean {
  return listeningAddress() !== null;
}

/**
 * Renders a page as a guest sees it, by a request to this server at its listening address, never at the host of a
 * client's request.
 */
export function renderPage({ path, locale, theme }: GuestPageAddress): Promise<RenderedPage> {
  const address = listeningAddress();
  if (!address) return Promise.reject(new Error("This server does not know its address."));
  return new Promise((resolve, reject) => {
    const rendering = request(
      {
        ...address,
        path,
        agent: false,
        timeout: timeoutMs,
        headers: {
          host: new URL(env().APP_URL).host,
          "accept-language": locale,
          cookie: `${fullCookieName("locale")}=${locale}; ${fullCookieName("theme")}=${theme}`,
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
    rendering.on("timeout", () => rendering.destroy(new Error(`${path} was not rendered in time.`)));
    rendering.on("error", reject);
    rendering.end();
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
