import { createTranslator } from "next-intl";
import { MailButton, MailLayout, MailText } from "@/emails/mail-layout";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** After a sign-in on a device that the account was not used on before: what to do if it was another person. */
export function NewDevice(props: {
  locale: Locale;
  name: string;
  when: string;
  browser: string | null;
  system: string | null;
  ipAddress: string | null;
  link: string;
}) {
  const { locale, name, when, browser, system, ipAddress, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.new-device" });
  const sayDevice = createTranslator({ locale, messages: messages[locale], namespace: "sessions" });
  const device =
    browser && system
      ? sayDevice("device", { browser, system })
      : (browser ?? system ?? sayDevice("unknownDevice"));
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when })} name={name}>
      <MailText>{say("text", { when })}</MailText>
      <MailText>
        {say("device", { device })}
        <br />
        {say("address", { address: ipAddress ?? "-" })}
      </MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
    </MailLayout>
  );
}
