import "server-only";
import { env } from "@/lib/config/env";

/**
 * Whether a request may see pages that are for this blog's developers, such as the local mailbox. They do not exist
 * in production. In development they answer to names of this machine alone: a page of another site could otherwise
 * point its own name at this machine, and read mails as if they were its own (DNS rebinding).
 */
export function showsDevelopmentPages(headers: Pick<Headers, "get">): boolean {
  return !env().isProduction && isThisMachine(headers.get("host") ?? "");
}

function isThisMachine(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}
