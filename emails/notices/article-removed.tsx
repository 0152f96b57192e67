import { createTranslator } from "next-intl";
import { MailButton, MailLayout, MailText } from "@/emails/mail-layout";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";

/** After an admin unpublished or deleted an article: which, why, and how to object. */
export function ArticleRemoved(props: {
  template: "article-taken-back" | "article-deleted";
  locale: Locale;
  name: string;
  when: string;
  title: string;
  reason: string;
  link: string;
}) {
  const { template, locale, name, when, title, reason, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${template}` });
  return (
    <MailLayout locale={locale} title={say("title")} preview={say("text", { title, when })} name={name}>
      <MailText>{say("text", { title, when })}</MailText>
      <MailText>{say("reason", { reason })}</MailText>
      <MailText>{say("alarm")}</MailText>
      <MailButton href={link} locale={locale}>
        {say("button")}
      </MailButton>
    </MailLayout>
  );
}
