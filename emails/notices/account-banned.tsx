import { createTranslator } from "next-intl";
import { MailLayout, MailText } from "@/emails/mail-layout";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** After an admin banned a user: why, and how to object. There is nothing to do on the site, so it has no button. */
export function AccountBanned(props: { locale: Locale; name: string; when: string; reason: string }) {
  const { locale, name, when, reason } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.account-banned" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when })} name={name}>
      <MailText>{say("text", { when })}</MailText>
      <MailText>{say("reason", { reason })}</MailText>
      <MailText>{say("alarm")}</MailText>
    </MailLayout>
  );
}
