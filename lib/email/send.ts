import "server-only";
import type { ErrorResponse } from "resend";
import { env } from "@/lib/config/env";
import { log } from "@/lib/runtime/log";
import { saveToMailbox } from "./mailbox";
import type { RenderedMail } from "./render-mail";

/** What became of mails that were given to the provider together, and so what to do next. */
export type SendOutcome =
  /** All but the refused ones, which are named by their place and were not sent. */
  | { status: "sent"; refused: number[] }
  /** The provider is away or busy, for every mail: try again soon, or when it says. */
  | { status: "unavailable"; reason: string; retryAfterMs?: number }
  /** Our key, our domain or our settings: the mails are good, so they wait until that is put right. */
  | { status: "misconfigured"; reason: string }
  /** The provider will never take this request. */
  | { status: "refused"; reason: string };

/**
 * The one exit for mail: Resend, or the local mailbox while `RESEND_API_KEY` is not set.
 *
 * @param mails up to a hundred; a second try has to give the same ones in the same order.
 * @param options.batchId the same for the same mails, so that a second try cannot deliver them twice.
 * @returns what became of them; it does not throw.
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
  // Loaded when the first mail goes out, not when the server starts.
  const { Resend } = await import("resend");
  const resend = new Resend(RESEND_API_KEY);
  const signal = AbortSignal.timeout(timeoutMs);
  const letters = mails.map(({ mail: { to, subject, html, text } }) => {
    return { from: EMAIL_FROM, to, subject, html, text };
  });
  const [single] = mails;
  const [letter] = letters;
  if (single && letter && letters.length === 1) {
    const { data, error, headers } = await resend.emails.send(letter, {
      idempotencyKey: single.id,
      signal,
    });
    return data?.id ? { status: "sent", refused: [] } : outcomeOf(error, headers?.["retry-after"]);
  }
  // Permissive: one bad address must not hold up the others.
  const options = { idempotencyKey: batchId, batchValidation: "permissive", signal } as const;
  const { data, error, headers } = await resend.batch.send(letters, options);
  if (!Array.isArray(data?.data)) return outcomeOf(error, headers?.["retry-after"]);
  // A provider that knows no permissive mode names no errors.
  const refused = new Set((data.errors ?? []).map(({ index }) => index));
  return { status: "sent", refused: [...refused] };
}

function outcomeOf(error: ErrorResponse | null, retryAfter: string | undefined): SendOutcome {
  // A broken gateway may answer with anything, even with neither mails nor an error.
  if (!error) return { status: "unavailable", reason: "the provider's answer makes no sense" };
  const { statusCode, name } = error;
  const reason = statusCode
    ? `${statusCode} ${name}: ${error.message}`.slice(0, 500)
    : "no connection, or no answer in time";

  // It took these mails before and we did not hear of it; a release since then has changed the words.
  if (name === "invalid_idempotent_request") return { status: "sent", refused: [] };

  if (!statusCode || statusCode >= 500 || [408, 409, 425, 429].includes(statusCode)) {
    return { status: "unavailable", reason, ...retryAfterOf(retryAfter) };
  }
  if ([401, 403, 404, 405].includes(statusCode) || name === "invalid_from_address") {
    return { status: "misconfigured", reason };
  }
  return { status: "refused", reason };
}

/** The header holds seconds or a date. */
function retryAfterOf(header: string | undefined): { retryAfterMs?: number } {
  if (!header) return {};
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return ms > 0 ? { retryAfterMs: ms } : {};
}

async function keepLocally(mails: { id: string; mail: RenderedMail }[]): Promise<SendOutcome> {
  const { NODE_ENV, isProduction } = env();
  for (const { id, mail } of mails) {
    try {
      // The same id replaces the same mail, so a second try of them all does no harm.
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
