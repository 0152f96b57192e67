import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After the reuse of a rotated refresh token, which ended its session. */
export function TokenReused(props: { locale: Locale; name: string; when: string; link: string }) {
  const { locale, name, when, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.token-reused" });
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
