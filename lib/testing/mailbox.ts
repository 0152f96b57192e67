import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { inject, vi } from "vitest";
import type { MailboxEntry } from "@/lib/email/mailbox";

/** @returns what the running app has mailed to an address so far, in no order. */
export async function mailsTo(address: string): Promise<MailboxEntry[]> {
  const folder = join(inject("dataDir"), "mailbox");
  const files = (await readdir(folder).catch(() => [])).filter((file) => file.endsWith(".json"));
  const mails = files.map(async (file): Promise<MailboxEntry> => {
    return JSON.parse(await readFile(join(folder, file), "utf8"));
  });
  return (await Promise.all(mails)).filter(({ to }) => to === address);
}

/**
 * Waits for the newest of so many mails about something.
 *
 * @param count how many there are once it has come.
 */
export async function mailTo(address: string, subject: RegExp, count = 1): Promise<MailboxEntry> {
  return vi.waitFor(
    async () => {
      const mails = (await mailsTo(address)).filter((mail) => subject.test(mail.subject));
      const newest = mails.sort((a, b) => a.sentAt.localeCompare(b.sentAt)).at(-1);
      if (mails.length < count || !newest) throw new Error(`${mails.length} mails to ${address}: ${subject}`);
      return newest;
    },
    { timeout: 15_000, interval: 50 },
  );
}

/** @returns the query of a mail's link: `token`, `email`, `callbackUrl`. */
export function linkOf({ link }: MailboxEntry): URL & { token: string } {
  const url = new URL(link ?? "");
  return Object.assign(url, { token: url.searchParams.get("token") ?? "" });
}
