import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** To a new user, with the link that confirms the email address. */
export function VerifySignUp({ locale, name, link }: { locale: Locale; name: string; link: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.verify-sign-up" });
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
