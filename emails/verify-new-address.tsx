import { createTranslator } from "next-intl";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** To the address that an account wants to use: the link that confirms it. */
export function VerifyNewAddress(props: { locale: Locale; name: string; email: string; link: string }) {
  const { locale, name, email, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.verify-new-address" });
  const text = say("text", { site: site.name[locale], email });
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
