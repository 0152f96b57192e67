import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** The link to the form for a new password. */
export function ResetPassword({ locale, name, link }: { locale: Locale; name: string; link: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.reset-password" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text")} name={name}>
      <MailText>{say("text")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
      <MailNote>{say("note")}</MailNote>
    </MailLayout>
  );
}
