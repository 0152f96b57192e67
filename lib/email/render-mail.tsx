import { createTranslator } from "next-intl";
import { render, toPlainText } from "react-email";
import { TemplateMail } from "@/emails/template-mail";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { zonedMoment } from "@/lib/i18n/moment";
import { messages } from "@/lib/i18n/translate";
import { providers } from "@/lib/social-providers/social-providers";
import type { Mail } from "./mail";
import { mailLink } from "./mail-link";

/** A rendered email. */
export type RenderedMail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** The link of its button. */
  link: string | null;
};

/**
 * Renders an email in the language of its reader. The result is deterministic, so that a provider recognises the email
 * when it is sent again.
 *
 * @param queuedAt the time of the event that the email reports.
 */
export async function renderMail(mail: Mail, queuedAt: Date): Promise<RenderedMail> {
  const { to, template, name } = mail;
  const locale = isLocale(mail.locale) ? mail.locale : defaultLocale;
  const values = {
    ...valuesOf(mail, locale),
    site: site.name[locale],
    email: to,
    when: zonedMoment(queuedAt, { locale, timeZone: site.timeZone, dateStyle: "long" }),
    minutes: Math.ceil(env().MAGIC_LINK_TTL / 60),
  };
  const link = mailLink(mail);
  const html = await render(
    <TemplateMail template={template} locale={locale} name={name} values={values} link={link} />,
  );
  return {
    to,
    subject: subjectOf(mail, locale),
    html,
    text: toPlainText(html, { selectors: [{ selector: "h1", options: { uppercase: false } }] }),
    link,
  };
}

/** The variables of the email's messages. The name is not among them: only the greeting has it, made harmless. */
function valuesOf(mail: Mail, locale: Locale): Record<string, string | number> {
  switch (mail.template) {
    // part: social-sign-in
    case "sign-in-method-added":
    case "sign-in-method-removed": {
      const { provider } = mail;
      return { provider, providerName: provider === "email" ? "" : providers[provider].name };
    }
    // end of part: social-sign-in
    case "address-changed":
      return { newEmail: maskEmail(mail.newEmail) };
    case "new-device":
      return { device: deviceOf(mail, locale), address: mail.ipAddress ?? "-" };
    case "account-banned":
      return { reason: mail.reason };
    case "article-taken-back":
    case "article-deleted":
      return { title: mail.title, reason: mail.reason };
    default:
      return {};
  }
}

/**
 * The new address is masked in the email to the old one: its owner knows it, and other readers of the old mailbox need
 * not know it.
 *
 * @returns `m•••@example.com` for `minji@example.com`.
 */
function maskEmail(email: string): string {
  const [first = ""] = email;
  return `${first}•••${email.slice(email.lastIndexOf("@"))}`;
}

function deviceOf(
  { browser, system }: { browser: string | null; system: string | null },
  locale: Locale,
): string {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "sessions" });
  return browser && system ? say("device", { browser, system }) : (browser ?? system ?? say("unknownDevice"));
}

/** Contains no user input, since it is part of a header (header injection). */
function subjectOf(mail: Mail, locale: Locale): string {
  return messages[locale].mails[mail.template].subject.replace("{site}", site.name[locale]);
}
