import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inject, vi } from "vitest";
import type { MailboxEntry } from "@/lib/email/mailbox";
import { queryDatabase } from "./database/query-database";
import { type MailSubject, subjectPattern } from "./mail-subject";

/** @returns the emails that the running app has sent to an address so far, unordered. */
async function mailsTo(address: string, dataDir: string): Promise<MailboxEntry[]> {
  const folder = join(dataDir, "mailbox");
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".json"));
  const mails = files.map(async (file): Promise<MailboxEntry> => {
    return JSON.parse(await readFile(join(folder, file), "utf8"));
  });
  return (await Promise.all(mails)).filter(({ to }) => to === address);
}

/**
 * Lists the emails queued for an address, delivered or not. Emails are queued before the response is sent, so one that
 * is missing after the response is never sent.
 *
 * @returns the templates, oldest first.
 */
export async function queuedMailsTo(address: string): Promise<string[]> {
  const rows = await queryDatabase<{ template: string }>(
    `SELECT template FROM "OutboxMail" WHERE lower("to") = lower($1) AND NOT "isDecoy" ORDER BY "createdAt", id`,
    address,
  );
  return rows.map(({ template }) => template);
}

/**
 * Waits for a number of emails with a subject, and returns the newest.
 *
 * @param count the number of emails to wait for.
 * @param dataDir the data folder of the app that sends them.
 */
export async function mailTo(
  address: string,
  subject: MailSubject,
  count = 1,
  dataDir = inject("dataDir"),
): Promise<MailboxEntry> {
  const pattern = subjectPattern(subject);
  return vi.waitFor(
    async () => {
      const mails = (await mailsTo(address, dataDir)).filter((mail) => pattern.test(mail.subject));
      const newest = mails.sort((a, b) => a.sentAt.localeCompare(b.sentAt)).at(-1);
      if (mails.length < count || !newest) throw new Error(`${mails.length} mails to ${address}: ${subject}`);
      return newest;
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** @returns the URL of the link in an email, with its `token`. */
export function linkOf({ link }: MailboxEntry): URL & { token: string } {
  const url = new URL(link ?? "");
  return Object.assign(url, { token: url.searchParams.get("token") ?? "" });
}
