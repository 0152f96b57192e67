import { expect } from "@playwright/test";
import { type MailSubject, subjectPattern } from "@/lib/testing/mail-subject";
import type { SentMail } from "@/lib/testing/servers/mail-provider";

/** @returns the emails delivered to an address so far, oldest first. */
export async function mailsTo(address: string): Promise<SentMail[]> {
  const query = new URLSearchParams({ to: address });
  const response = await fetch(`http://127.0.0.1:${process.env.E2E_MAILBOX_PORT}/?${query}`);
  return response.json();
}

/** Waits for an email with a subject. @returns the newest. */
export async function mailTo(address: string, subject: MailSubject): Promise<SentMail> {
  const pattern = subjectPattern(subject);
  const find = async () => (await mailsTo(address)).findLast((mail) => pattern.test(mail.subject));
  await expect.poll(find, { timeout: 30_000 }).toBeTruthy();
  const mail = await find();
  if (!mail) throw new Error(`No mail to ${address} about ${subject}.`);
  return mail;
}

/** @returns the URL of the button in an email, from its plain text. */
export function linkIn({ text }: SentMail): string {
  const link = /https?:\/\/\S+/.exec(text)?.[0];
  if (!link) throw new Error(`No link in: ${text}`);
  return link;
}
