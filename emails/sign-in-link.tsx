import { createTranslator } from "next-intl";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** The link that signs in, once and for some minutes. */
export function SignInLink({ locale, name, link }: { locale: Locale; name: string; link: string }) {
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.magic-link" });
  const text = say("text", { site: site.name[locale] });
  return (
    <MailLayout locale={locale} title={say("title")} preview={text} name={name}>
      <MailText>{text}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
      <MailNote>{say("note", { minutes: Math.ceil(env().MAGIC_LINK_TTL / 60) })}</MailNote>
    </MailLayout>
  );
}
