import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After a second factor was turned on or off: what to do if it was another person. */
export function SecondFactorChanged(props: {
  template: "second-factor-on" | "second-factor-off" | "second-factor-removed";
  locale: Locale;
  name: string;
  when: string;
  link: string;
}) {
  const { locale, name, when, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${props.template}` });
  const text = say("text", { when });
  return (
    <MailLayout locale={locale} title={say("title")} preview={text} name={name}>
      <MailText>{text}</MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
    </MailLayout>
  );
}
