import "server-only";
import type { ErrorResponse } from "resend";
import { env } from "@/lib/env";
import { log } from "@/lib/log";
import { putIntoMailbox } from "./mailbox";
import type { RenderedMail } from "./render-mail";

/** What became of a mail, and so what to do next. */
export type SendOutcome =
  | { status: "sent" }
  /** The provider is away or busy, for every mail: try again soon, or when it says. */
  | { status: "unavailable"; reason: string; retryAfterMs?: number }
  /** Our key, our domain or our settings: the mail is good, so it waits until somebody puts that right. */
  | { status: "misconfigured"; reason: string }
  /** The provider will never take this mail. */
  | { status: "refused"; reason: string };

/**
 * The one exit for mail: Resend, or the local mailbox while `RESEND_API_KEY` is not set.
 *
 * @param options.id the same for the same mail, so that a second try cannot deliver it twice.
 * @returns what became of it; it does not throw.
 * @see https://resend.com/docs/api-reference/errors
 */
export async function send(
  mail: RenderedMail,
  options: { id: string; timeoutMs: number },
): Promise<SendOutcome> {
  return env().RESEND_API_KEY ? sendByResend(mail, options) : keepLocally(mail, options.id);
}

async function sendByResend(
  { to, subject, html, text }: RenderedMail,
  { id, timeoutMs }: { id: string; timeoutMs: number },
): Promise<SendOutcome> {
  const { RESEND_API_KEY, EMAIL_FROM = "" } = env();
  // Loaded when the first mail goes out, not when the server starts.
  const { Resend } = await import("resend");
  const { data, error, headers } = await new Resend(RESEND_API_KEY).emails.send(
    { from: EMAIL_FROM, to, subject, html, text },
    { idempotencyKey: id, signal: AbortSignal.timeout(timeoutMs) },
  );
  if (data?.id) return { status: "sent" };
  // A broken gateway may answer with anything, even with neither.
  if (!error) return { status: "unavailable", reason: "the provider's answer makes no sense" };
  return outcomeOf(error, headers?.["retry-after"]);
}

function outcomeOf(error: ErrorResponse, retryAfter: string | undefined): SendOutcome {
  const { statusCode, name } = error;
  const reason = statusCode
    ? `${statusCode} ${name}: ${error.message}`.slice(0, 500)
    : "no connection, or no answer in time";

  // It took this mail before and we did not hear of it; a release since then has changed the words.
  if (name === "invalid_idempotent_request") return { status: "sent" };

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

async function keepLocally(mail: RenderedMail, id: string): Promise<SendOutcome> {
  try {
    await putIntoMailbox(id, mail);
  } catch (error) {
    const reason = `RESEND_API_KEY is not set, and the local mailbox cannot be written: ${error}`;
    return { status: "misconfigured", reason };
  }
  const { NODE_ENV, isProduction } = env();
  if (isProduction) log.warn("mail.kept-locally", { mailId: id, reason: "RESEND_API_KEY is not set" });
  if (NODE_ENV === "development")
    console.info(`\n  Mail to ${mail.to}: ${mail.subject}\n  ${mail.link ?? ""}\n`);
  return { status: "sent" };
}
