import { createTranslator } from "next-intl";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** To a person whom an admin has invited: the link to the sign-up page. */
export function Invitation({ locale, name, link }: { locale: Locale; name: string; link: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.invitation" });
  const text = say("text", { site: site.name[locale] });
  return (
    <MailLayout locale={locale} title={say("title")} preview={text} name={name}>
      <MailText>{text}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
      <MailNote>{say("note")}</MailNote>
    </MailLayout>
  );
}
