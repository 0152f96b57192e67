import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailButton, MailLayout, MailNote, MailText } from "./mail-layout";

/**
 * To the old email address after the new one is confirmed, with a link to undo the change. The new address is masked,
 * since its owner knows it and other readers of the old mailbox need not know it.
 */
export function AddressChanged(props: {
  locale: Locale;
  name: string;
  when: string;
  newEmail: string;
  link: string;
}) {
  const { locale, name, when, link } = props;
  const newEmail = maskEmail(props.newEmail);
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.address-changed" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when, newEmail })} name={name}>
      <MailText>{say("text", { when, newEmail })}</MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
      <MailNote>{say("note")}</MailNote>
    </MailLayout>
  );
}

/** @returns `m•••@example.com` for `minji@example.com`. */
function maskEmail(email: string): string {
  const [first = ""] = email;
  return `${first}•••${email.slice(email.lastIndexOf("@"))}`;
}
