import { createTranslator } from "next-intl";
import { env } from "@/lib/config/env";
import { site } from "@/lib/config/site";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** An email with an action link: it confirms an address, signs in, resets a password or invites. */
export function LinkMail(props: {
  template: "verify-sign-up" | "verify-new-address" | "reset-password" | "magic-link" | "invitation";
  locale: Locale;
  name: string;
  email: string;
  link: string;
}) {
  const { template, locale, name, email, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${template}` });
  const text = say("text", { site: site.name[locale], email });
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
