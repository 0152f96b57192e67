import "server-only";
import type { ErrorResponse } from "resend";
import { env } from "@/lib/config/env";
import { log } from "@/lib/runtime/log";
import { saveToMailbox } from "./mailbox";
import type { RenderedMail } from "./render-mail";

/** The outcome of a request to the provider, by what to do next. */
export type SendOutcome =
  /** All were sent except the rejected ones, given by their index. */
  | { status: "sent"; refused: number[] }
  /** The provider is unavailable or busy, for every email: retry soon, or after `retryAfterMs`. */
  | { status: "unavailable"; reason: string; retryAfterMs?: number }
  /** The API key, domain or settings are wrong: the emails are valid, so they wait until an operator corrects that. */
  | { status: "misconfigured"; reason: string }
  /** The provider rejects this request permanently. */
  | { status: "refused"; reason: string };

/**
 * Sends every email of the blog: by Resend, or to the local mailbox while `RESEND_API_KEY` is not set.
 *
 * @param mails up to a hundred; a retry must pass the same ones in the same order.
 * @param options.batchId the idempotency key: a retry with the same key cannot deliver them twice.
 * @returns the outcome; it does not throw.
 * @see https://resend.com/docs/api-reference/errors
 */
export async function send(
  mails: { id: string; mail: RenderedMail }[],
  options: { batchId: string; timeoutMs: number },
): Promise<SendOutcome> {
  return env().RESEND_API_KEY ? sendByResend(mails, options) : keepLocally(mails);
}

async function sendByResend(
  mails: { id: string; mail: RenderedMail }[],
  { batchId, timeoutMs }: { batchId: string; timeoutMs: number },
): Promise<SendOutcome> {
  const { RESEND_API_KEY, EMAIL_FROM = "" } = env();
  // Loaded with the first email, not when the server starts.
  const { Resend } = await import("resend");
  const resend = new Resend(RESEND_API_KEY);
  const signal = AbortSignal.timeout(timeoutMs);
  const emails = mails.map(({ mail: { to, subject, html, text } }) => {
    return { from: EMAIL_FROM, to, subject, html, text };
  });
  const [single] = mails;
  const [email] = emails;
  if (single && email && emails.length === 1) {
    const { data, error, headers } = await resend.emails.send(email, {
      idempotencyKey: single.id,
      signal,
    });
    return data?.id ? { status: "sent", refused: [] } : outcomeOf(error, headers?.["retry-after"]);
  }
  // Permissive: one invalid address must not block the others.
  const options = { idempotencyKey: batchId, batchValidation: "permissive", signal } as const;
  const { data, error, headers } = await resend.batch.send(emails, options);
  if (!Array.isArray(data?.data)) return outcomeOf(error, headers?.["retry-after"]);
  // A provider without permissive mode returns no `errors`.
  const refused = new Set((data.errors ?? []).map(({ index }) => index));
  return { status: "sent", refused: [...refused] };
}

function outcomeOf(error: ErrorResponse | null, retryAfter: string | undefined): SendOutcome {
  // A broken gateway may respond with anything, even with neither data nor an error.
  if (!error) return { status: "unavailable", reason: "the provider's answer makes no sense" };
  const { statusCode, name } = error;
  const reason = statusCode
    ? `${statusCode} ${name}: ${error.message}`.slice(0, 500)
    : "no connection, or no answer in time";

  // An earlier request succeeded, but its response was lost; a release since then has changed the text.
  if (name === "invalid_idempotent_request") return { status: "sent", refused: [] };

  if (!statusCode || statusCode >= 500 || [408, 409, 425, 429].includes(statusCode)) {
    return { status: "unavailable", reason, ...retryAfterOf(retryAfter) };
  }
  if ([401, 403, 404, 405].includes(statusCode) || name === "invalid_from_address") {
    return { status: "misconfigured", reason };
  }
  return { status: "refused", reason };
}

/** The header contains seconds or a date. */
function retryAfterOf(header: string | undefined): { retryAfterMs?: number } {
  if (!header) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? { retryAfterMs: ms } : {};
}

async function keepLocally(mails: { id: string; mail: RenderedMail }[]): Promise<SendOutcome> {
  const { NODE_ENV, isProduction } = env();
  for (const { id, mail } of mails) {
    try {
      // The same id replaces the same email, so a retry of all of them is harmless.
      await saveToMailbox(id, mail);
    } catch (error) {
      const reason = `RESEND_API_KEY is not set, and the local mailbox cannot be written: ${error}`;
      return { status: "misconfigured", reason };
    }
    if (isProduction) log.warn("mail.kept-locally", { mailId: id, reason: "RESEND_API_KEY is not set" });
    if (NODE_ENV === "development")
      console.info(`\n  Mail to ${mail.to}: ${mail.subject}\n  ${mail.link ?? ""}\n`);
  }
  return { status: "sent", refused: [] };
}
