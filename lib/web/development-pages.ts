import "server-only";
import { env } from "@/lib/config/env";
import { connectionAddress } from "@/lib/core/client";

/**
 * Whether a request may see pages for developers, such as the local mailbox. They do not exist in production. In
 * development the connection must come from this machine, since any other client on the network can send any `Host`, and
 * the `Host` must name this machine: a page of another site could otherwise resolve its own name to this machine and read
 * the emails (DNS rebinding).
 */
export function showsDevelopmentPages(headers: Pick<Headers, "get">): boolean {
  return (
    !env().isProduction && isLoopback(connectionAddress(headers)) && isThisMachine(headers.get("host") ?? "")
  );
}

function isLoopback(address: string): boolean {
  return /^(127\.|::1$)/.test(address);
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
