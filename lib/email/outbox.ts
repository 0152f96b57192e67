import "server-only";
import type { Transaction } from "@/lib/core/db";
import type { Mail } from "./mail";
import { OutboxWorker } from "./outbox-worker";
import { sealToken } from "./sealed-tokens";

export type { MailTemplate } from "./mail";

// Next.js loads this module once for pages, once for routes and once for the start of the server, but the carrier
// is one. While one develops, the newest takes over: it writes mails by the code as it is now.
const kept = globalThis as typeof globalThis & { mailCarrier?: OutboxWorker };
if (process.env.NODE_ENV === "development") {
  void kept.mailCarrier?.stop();
  kept.mailCarrier = undefined;
}
kept.mailCarrier ??= new OutboxWorker();

/**
 * Puts a mail into the outbox, together with the change that causes it: both are committed or neither.
 * It is sent after the response, by `deliverMail`.
 *
 * @param options.isDecoy for an address without an account: does the same work, and sends nothing in the end.
 */
export async function queueMail(
  mail: Mail,
  tx: Transaction,
  { isDecoy = false }: { isDecoy?: boolean } = {},
): Promise<void> {
  const { to, template, locale, data } = mail;
  const callbackUrl = "callbackUrl" in mail && mail.callbackUrl;
  await tx.outboxMail.create({
    data: {
      to,
      template,
      locale,
      data: { ...data, ...(callbackUrl && { callbackUrl }) },
      ...("token" in mail && { sealedToken: sealToken(mail.token) }),
      isDecoy,
    },
    select: { id: true },
  });
  kept.mailCarrier?.expectMail();
}

/**
 * Sends what is due, if this process queued a mail lately or it is time to look; otherwise it costs nothing. What
 * fails is tried again, by a timer of its own on a server that lives on. To be called after a response, and when a
 * server starts.
 *
 * @returns when the outbox is empty, or after five seconds. It never throws.
 */
export async function deliverMail(): Promise<void> {
  await kept.mailCarrier?.deliver();
}

/**
 * Sends what is due, whichever process queued it: for a scheduler, where servers do not live on.
 *
 * @returns when the outbox is empty, or after `patienceMs`. It never throws.
 */
export async function drainOutbox(patienceMs: number): Promise<void> {
  await kept.mailCarrier?.drain(patienceMs);
}
