import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After a change or an event in an account: what happened, and what to do if it was another person. */
export function AccountNotice(props: {
  template:
    | "password-changed"
    | "token-reused"
    | "data-exported"
    | "sign-in-method-added"
    | "sign-in-method-removed"
    | "passkey-added"
    | "passkey-removed"
    | "second-factor-on"
    | "second-factor-off"
    | "second-factor-removed";
  locale: Locale;
  name: string;
  when: string;
  /** Of a sign-in method; `email` is the password. */
  provider?: SocialProvider | "email";
  link: string;
}) {
  const { template, locale, name, when, provider = "email", link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${template}` });
  const providerName = provider === "email" ? "" : providers[provider].name;
  const text = say("text", { when, provider, providerName });
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
