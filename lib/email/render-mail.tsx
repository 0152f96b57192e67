import type { ReactElement } from "react";
import { render, toPlainText } from "react-email";
import { AddressChanged } from "@/emails/address-changed";
import { Invitation } from "@/emails/invitation";
import { AccountBanned } from "@/emails/notices/account-banned";
import { AccountDeleted } from "@/emails/notices/account-deleted";
import { ArticleRemoved } from "@/emails/notices/article-removed";
import { DataExported } from "@/emails/notices/data-exported";
import { NewDevice } from "@/emails/notices/new-device";
import { PasskeyChanged } from "@/emails/passkey-changed";
import { PasswordChanged } from "@/emails/password-changed";
import { ResetPassword } from "@/emails/reset-password";
import { SecondFactorChanged } from "@/emails/second-factor-changed";
import { SignInLink } from "@/emails/sign-in-link";
import { SignInMethodChanged } from "@/emails/sign-in-method-changed";
import { TokenReused } from "@/emails/token-reused";
import { VerifyNewAddress } from "@/emails/verify-new-address";
import { VerifySignUp } from "@/emails/verify-sign-up";
import { site } from "@/lib/config/site";
import { defaultLocale, isLocale, type Locale } from "@/lib/i18n/locales";
import { moment } from "@/lib/i18n/moment";
import { messages } from "@/lib/i18n/translate";
import type { Mail } from "./mail";
import { mailLink } from "./mail-link";

/** A mail as it is read. */
export type RenderedMail = {
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Where its button leads. */
  link: string | null;
};

/**
 * Writes a mail out, in the language of its reader. The same mail always gives the same letters: a provider that
 * is given it a second time has to recognise it.
 *
 * @param queuedAt the moment of what the mail tells of.
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
  const { name } = mail.data;
  switch (mail.template) {
    case "verify-sign-up":
      return <VerifySignUp locale={locale} name={name} link={mailLink(mail)} />;
    case "reset-password":
      return <ResetPassword locale={locale} name={name} link={mailLink(mail)} />;
    case "password-changed":
      return <PasswordChanged locale={locale} name={name} when={when} link={mailLink(mail)} />;
    case "verify-new-address":
      return <VerifyNewAddress locale={locale} name={name} email={mail.to} link={mailLink(mail)} />;
    case "address-changed":
      return (
        <AddressChanged {...{ locale, name, when, newEmail: mail.data.newEmail, link: mailLink(mail) }} />
      );
    case "sign-in-method-added":
    case "sign-in-method-removed":
      return (
        <SignInMethodChanged
          template={mail.template}
          locale={locale}
          name={name}
          when={when}
          provider={mail.data.provider}
          link={mailLink(mail)}
        />
      );
    case "second-factor-on":
    case "second-factor-off":
    case "second-factor-removed":
      return (
        <SecondFactorChanged
          template={mail.template}
          locale={locale}
          name={name}
          when={when}
          link={mailLink(mail)}
        />
      );
    case "passkey-added":
    case "passkey-removed":
      return (
        <PasskeyChanged
          template={mail.template}
          locale={locale}
          name={name}
          when={when}
          link={mailLink(mail)}
        />
      );
    case "new-device":
      return <NewDevice {...mail.data} locale={locale} when={when} link={mailLink(mail)} />;
    case "magic-link":
      return <SignInLink locale={locale} name={name} link={mailLink(mail)} />;
    case "invitation":
      return <Invitation locale={locale} name={name} link={mailLink(mail)} />;
    case "account-deleted":
      return <AccountDeleted locale={locale} name={name} when={when} />;
    case "account-banned":
      return <AccountBanned locale={locale} name={name} when={when} reason={mail.data.reason} />;
    case "article-taken-back":
    case "article-deleted": {
      const { title, reason } = mail.data;
      const { template } = mail;
      return <ArticleRemoved {...{ template, locale, name, when, title, reason, link: mailLink(mail) }} />;
    }
    case "data-exported":
      return <DataExported locale={locale} name={name} when={when} link={mailLink(mail)} />;
    case "token-reused":
      return <TokenReused locale={locale} name={name} when={when} link={mailLink(mail)} />;
  }
}

/** Of the site's own words alone: nothing that a person typed reaches a header. */
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
