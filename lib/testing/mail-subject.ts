import { en } from "@/lib/i18n/messages/en";

/** An email by its template, or by a pattern for its subject if it is not in English. */
export type MailSubject = keyof Omit<typeof en.mails, "layout"> | RegExp;

/** @returns a pattern that matches the subject of the email. */
export function subjectPattern(subject: MailSubject): RegExp {
  if (subject instanceof RegExp) return subject;
  return new RegExp(`^${en.mails[subject].subject.replaceAll(/\{\w+\}/g, ".*")}$`);
}
