import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After a change or an event in an account: what happened, and what to do if it was another person. */
export function AccountNotice(props: {
  template:
    | "password-changed"
    | "token-reused"
    | "data-exported"
    | "sign-in-method-added" // part: social-sign-in
    | "sign-in-method-removed" // part: social-sign-in
    | "passkey-added"
    | "passkey-removed"
    | "second-factor-on"
    | "second-factor-off"
    | "second-factor-removed";
  locale: Locale;
  name: string;
  when: string;
  /** Further variables of the text. */
  values?: Record<string, string>;
  link: string;
}) {
  const { template, locale, name, when, values, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${template}` });
  const text = say("text", { ...values, when });
  return (
    <MailLayout locale={locale} title={say("title")} preview={text} name={name}>
      <MailText>{text}</MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
    </MailLayout>
  );
}
