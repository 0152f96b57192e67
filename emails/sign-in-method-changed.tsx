import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import { providers, type SocialProvider } from "@/lib/social-providers/social-providers";
import { MailButton, MailLayout, MailText } from "./mail-layout";

/** After a way to sign in was added to an account or removed from it: what to do if it was another person. */
export function SignInMethodChanged(props: {
  template: "sign-in-method-added" | "sign-in-method-removed";
  locale: Locale;
  name: string;
  when: string;
  provider: SocialProvider | "email";
  link: string;
}) {
  const { locale, name, when, provider, link } = props;
  const say = createTranslator({ locale, messages: messages[locale], namespace: `mails.${props.template}` });
  const providerName = provider === "email" ? "" : providers[provider].name;
  const text = say("text", { when, provider, providerName });
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
