import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After a passkey was added to an account or removed from it: what to do if it was another person. */
export function PasskeyChanged(props: {
  template: "passkey-added" | "passkey-removed";
  locale: Locale;
  name: string;
  when: string;
  link: string;
}) {
  const { locale, name, when, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${props.template}` });
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
