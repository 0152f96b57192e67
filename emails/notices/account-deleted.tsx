import { createTranslator } from "next-intl";
import { MailLayout, MailText } from "@/emails/mail-layout";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** After an account was deleted: what was removed and what stays. It has no button, since there is nothing to do. */
export function AccountDeleted({ locale, name, when }: { locale: Locale; name: string; when: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.account-deleted" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when })} name={name}>
      <MailText>{say("text", { when })}</MailText>
      <MailText>{say("stays")}</MailText>
      <MailText>{say("alarm")}</MailText>
    </MailLayout>
  );
}
