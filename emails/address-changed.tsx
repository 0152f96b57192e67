import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { MailLayout, MailText } from "./mail-layout";

/**
 * To the old address, once the new one is confirmed. The new one is masked: its owner knows it, and whoever
 * else reads the old mailbox need not.
 */
export function AddressChanged(props: { locale: Locale; name: string; when: string; newEmail: string }) {
  const { locale, name, when } = props;
  const newEmail = maskEmail(props.newEmail);
  const say = createTranslator({ locale, messages: messages[locale], namespace: "mails.address-changed" });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { when, newEmail })} name={name}>
      <MailText>{say("text", { when, newEmail })}</MailText>
      <MailText>{say("alarm")}</MailText>
    </MailLayout>
  );
}

/** @returns `m•••@example.com` for `minji@example.com`. */
function maskEmail(email: string): string {
  const [first = ""] = email;
  return `${first}•••${email.slice(email.lastIndexOf("@"))}`;
}
