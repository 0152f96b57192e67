import { z } from "zod";
import { type Finding, good, problem, warning } from "./finding";

type MailSettings = {
  RESEND_API_KEY?: string;
  EMAIL_FROM?: string;
  CRON_SECRET?: string;
  isProduction: boolean;
  isVercel: boolean;
};

const timeoutMs = 5_000;
const resendUrl = "https://api.resend.com";

const domainList = z.object({ data: z.array(z.object({ name: z.string(), status: z.string() })) });
const errorBody = z.object({ name: z.string() });

/**
 * Checks email delivery: asks Resend whether the key is valid and may send from the sender's domain. No
 * email is sent.
 *
 * @param apiUrl the API of Resend, or `RESEND_BASE_URL`.
 */
export async function checkMail(settings: MailSettings, apiUrl?: string): Promise<Finding[]> {
  const { RESEND_API_KEY, EMAIL_FROM = "", CRON_SECRET, isProduction, isVercel } = settings;
  if (!RESEND_API_KEY) return [withoutKey(isProduction, isVercel)];

  const cron =
    isVercel && !CRON_SECRET
      ? [
          warning(
            "CRON_SECRET",
            "It is not set, so a mail whose first try fails is not tried again on Vercel.",
            "Set CRON_SECRET to what `openssl rand -hex 32` prints, in the project's settings",
          ),
        ]
      : [];
  return [await checkResend(RESEND_API_KEY, domainOf(EMAIL_FROM), apiUrl || resendUrl), ...cron];
}

function withoutKey(isProduction: boolean, isVercel: boolean): Finding {
  const remedy = "Set RESEND_API_KEY (https://resend.com/api-keys) and EMAIL_FROM";
  if (isVercel) {
    return problem(
      "Mail",
      "Without RESEND_API_KEY no email is sent, and Vercel keeps no mailbox either.",
      remedy,
    );
  }
  return isProduction
    ? warning("Mail", "Emails are stored in the local mailbox and are not delivered.", remedy)
    : good("Mail", "Kept in the local mailbox: /dev/mailbox while developing.");
}

async function checkResend(key: string, domain: string, apiUrl: string): Promise<Finding> {
  const response = await fetch(`${apiUrl.replace(/\/$/, "")}/domains`, {
    headers: { Authorization: `Bearer ${key}` },
    signal: AbortSignal.timeout(timeoutMs),
  }).catch(() => null);
  if (!response || response.status >= 500 || response.status === 429) {
    return warning(
      "Mail",
      `Resend does not answer${response ? ` (${response.status})` : ""}, so the key could not be checked.`,
      "Try again, or look at https://resend-status.com; a firewall may be in between",
    );
  }

  const body: unknown = await response.json().catch(() => null);
  if (errorBody.safeParse(body).data?.name === "restricted_api_key") {
    return good(
      "Mail",
      `Resend knows the key. It may only send, so whether ${domain} is verified cannot be seen.`,
    );
  }
  if (!response.ok) {
    return problem(
      "Mail",
      `Resend refuses the key (${response.status}).`,
      "Make another at https://resend.com/api-keys and set RESEND_API_KEY",
    );
  }
  const domains = domainList.safeParse(body).data?.data ?? [];
  const known = domains.find(({ name }) => domain === name || domain.endsWith(`.${name}`));
  if (known?.status === "verified") return good("Mail", `Sent by Resend, from ${domain}.`);
  return problem(
    "Mail",
    known ? `${known.name} is not verified at Resend (${known.status}).` : `Resend does not know ${domain}.`,
    `Add ${domain} at https://resend.com/domains with the DNS records that it shows, or change EMAIL_FROM`,
  );
}

/** `Blog <hello@example.com>` is example.com. */
function domainOf(sender: string): string {
  return /@([^>\s]+)/.exec(sender)?.[1]?.toLowerCase() ?? "";
}
