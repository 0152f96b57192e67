import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/** What an email may contain besides its title and text, in this order; it shows those that its template has. */
const optionalTexts = {
  /** More about what happened; `<br></br>` breaks a line. */
  details: "",
  /** What to do if the reader did not cause it. */
  alarm: "",
  button: "",
  note: "",
};

/** An email: the messages of its template, with the button's link if there is something to do on the site. */
export function TemplateMail(props: {
  template: Exclude<keyof (typeof messages)["en"]["mails"], "layout">;
  locale: Locale;
  name: string;
  /** The variables of the messages. */
  values: Record<string, string | number>;
  link: string | null;
}) {
  const { template, locale, name, values, link } = props;
  const texts = { ...optionalTexts, ...messages[locale].mails[template] };
  const say = createTranslator({ locale, messages: texts });
  const text = say("text", values);
  return (
    <MailLayout locale={locale} title={say("title")} preview={text} name={name}>
      <MailText>{text}</MailText>
      {texts.details && <MailText>{say.rich("details", { ...values, br: () => <br /> })}</MailText>}
      {texts.alarm && <MailText>{say("alarm")}</MailText>}
      {link && texts.button && (
        <MailButton href={link} locale={locale}>
          {say("button")}
        </MailButton>
      )}
      {texts.note && <MailNote>{say("note", values)}</MailNote>}
    </MailLayout>
  );
}
