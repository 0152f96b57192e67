import "server-only";
import { after } from "next/server";
import type { Transaction } from "@/lib/core/db";
import { seal } from "@/lib/crypto/seal";
import { perProcess } from "@/lib/runtime/per-process";
import type { Mail } from "./mail";
import { OutboxWorker } from "./outbox-worker";

const outbox = perProcess("outbox", () => ({ worker: new OutboxWorker() }));
// After a hot reload in development, the new module's worker takes over, so that it renders emails with the new code.
if (process.env.NODE_ENV === "development") {
  void outbox.worker.stop();
  outbox.worker = new OutboxWorker();
}

/**
 * Adds an email to the outbox, in the transaction of the change that causes it: both are committed or neither.
 * It is sent after the response, when the transaction has ended; outside a request, seconds later.
 *
 * @param options.isDecoy for an address without an account: does the same work, and sends nothing.
 */
export async function queueMail(
  mail: Mail,
  tx: Transaction,
  { isDecoy = false }: { isDecoy?: boolean } = {},
): Promise<void> {
  const { to, template, locale, ...rest } = mail;
  // Only the emails with a link have a token.
  const { token, ...data } = { token: undefined, ...rest };
  await tx.outboxMail.create({
    data: {
      to,
      template,
      locale,
      data,
      sealedToken: token === undefined ? null : seal("email-token", token),
      isDecoy,
    },
    select: { id: true },
  });
  outbox.worker.expectMail();
  deliverAfterResponse();
}

function deliverAfterResponse(): void {
  try {
    after(deliverMail);
  } catch {
    // Outside a request there is no response to wait for: the worker's timer finds the email.
  }
}

/**
 * Sends due emails if this process queued one recently or it is time to poll; otherwise it costs nothing. A server that
 * keeps running retries failures by a timer.
 *
 * @returns when the outbox is empty, or after five seconds. It never throws.
 */
export async function deliverMail(): Promise<void> {
  await outbox.worker.deliver();
}

/**
 * Sends due emails of all processes: for a scheduler on platforms where servers do not keep running.
 *
 * @returns when the outbox is empty, or after `timeoutMs`. It never throws.
 */
export async function drainOutbox(timeoutMs: number): Promise<void> {
  await outbox.worker.drain(timeoutMs);
}

/** Stops delivery permanently. Call it before the database pool ends. */
export async function stopDelivery(): Promise<void> {
  await outbox.worker.stop();
}
