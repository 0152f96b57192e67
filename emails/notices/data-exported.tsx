import { createTranslator } from "next-intl";
import { MailButton, MailLayout, MailText } from "@/emails/mail-layout";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** After everything that is stored about a user was downloaded: what to do if it was another person. */
export function DataExported(props: { locale: Locale; name: string; when: string; link: string }) {
  const { locale, name, when, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.data-exported" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when })} name={name}>
      <MailText>{say("text", { when })}</MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
    </MailLayout>
  );
}
