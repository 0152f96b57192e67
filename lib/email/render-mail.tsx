import type { ReactElement } from "react";
import { render, toPlainText } from "react-email";
import { AccountNotice } from "@/emails/account-notice";
import { AddressChanged } from "@/emails/address-changed";
import { LinkMail } from "@/emails/link-mail";
import { AccountBanned } from "@/emails/notices/account-banned";
import { AccountDeleted } from "@/emails/notices/account-deleted";
import { ArticleRemoved } from "@/emails/notices/article-removed";
import { NewDevice } from "@/emails/notices/new-device";
import { site } from "@/lib/config/site";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { moment } from "@/lib/i18n/moment";
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
  const locale = isLocale(mail.locale) ? mail.locale : defaultLocale;
  const html = await render(bodyOf(mail, locale, momentOf(queuedAt, locale)));
  return {
    to: mail.to,
    subject: subjectOf(mail, locale),
    html,
    text: toPlainText(html, { selectors: [{ selector: "h1", options: { uppercase: false } }] }),
    link: mail.template === "account-deleted" || mail.template === "account-banned" ? null : mailLink(mail),
  };
}

function bodyOf(mail: Mail, locale: Locale, when: string): ReactElement {
  const { template } = mail;
  const common = { locale, name: mail.data.name };
  const notice = { ...common, when };
  switch (template) {
    case "verify-sign-up":
    case "verify-new-address":
    case "reset-password":
    case "magic-link":
    case "invitation":
      return <LinkMail {...common} template={template} email={mail.to} link={mailLink(mail)} />;
    case "password-changed":
    case "token-reused":
    case "data-exported":
    case "passkey-added":
    case "passkey-removed":
    case "second-factor-on":
    case "second-factor-off":
    case "second-factor-removed":
      return <AccountNotice {...notice} template={template} link={mailLink(mail)} />;
    // part: social-sign-in
    case "sign-in-method-added":
    case "sign-in-method-removed": {
      const { provider } = mail.data;
      const providerName = provider === "email" ? "" : providers[provider].name;
      const values = { provider, providerName };
      return <AccountNotice {...notice} template={template} values={values} link={mailLink(mail)} />;
    }
    // end of part: social-sign-in
    case "address-changed":
      return <AddressChanged {...notice} newEmail={mail.data.newEmail} link={mailLink(mail)} />;
    case "new-device":
      return <NewDevice {...notice} {...mail.data} link={mailLink(mail)} />;
    case "account-deleted":
      return <AccountDeleted {...notice} />;
    case "account-banned":
      return <AccountBanned {...notice} reason={mail.data.reason} />;
    case "article-taken-back":
    case "article-deleted":
      return <ArticleRemoved {...notice} {...mail.data} template={template} link={mailLink(mail)} />;
  }
}

/** Contains no user input, since it is part of a header (header injection). */
function subjectOf(mail: Mail, locale: Locale): string {
  return messages[locale].mails[mail.template].subject.replace("{site}", site.name[locale]);
}

function momentOf(date: Date, locale: Locale): string {
  const { timeZone } = site;
  const format = new Intl.DateTimeFormat(locale, {
    ...moment,
    dateStyle: "long",
    timeZone,
  });
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" })
    .formatToParts(date)
    .find(({ type }) => type === "timeZoneName");
  return `${format.format(date)} (${zone?.value})`;
}
