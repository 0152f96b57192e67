import { env } from "@/lib/config/env";
import type { Locale } from "@/lib/i18n/locales";
import type { Mail } from "./mail";

const reasons: Record<Locale, string> = {
  en: "The articles advertise products that have nothing to do with this blog.",
  ko: "블로그와 상관없는 상품을 광고하는 글이에요.", // part: korean
};

const names: Record<Locale, string> = {
  en: "Minji Kim",
  ko: "김민지", // part: korean
};

/** One email of each template, for previews. */
export function sampleMails(locale: Locale): Mail[] {
  const to = "minji.kim@example.com";
  const data = { name: names[locale] };
  const token = "sample-token-3Jm8VtQ2sYx0Kf7LwRb5NcHp4Gz9Da1";
  return [
    { template: "verify-sign-up", to, locale, data, token },
    { template: "reset-password", to, locale, data, token },
    { template: "password-changed", to, locale, data },
    { template: "verify-new-address", to, locale, data, token },
    { template: "address-changed", to, locale, data: { ...data, newEmail: "kim@minji.example" }, token },
    { template: "sign-in-method-added", to, locale, data: { ...data, provider: "github" } }, // part: social-sign-in
    { template: "sign-in-method-removed", to, locale, data: { ...data, provider: "email" } }, // part: social-sign-in
    { template: "passkey-added", to, locale, data },
    { template: "passkey-removed", to, locale, data },
    {
      template: "new-device",
      to,
      locale,
      data: { ...data, browser: "Firefox", system: "Linux", ipAddress: "203.0.113.7" },
    },
    { template: "magic-link", to, locale, data, token, callbackUrl: `${env().APP_URL}/magic-link` },
    { template: "invitation", to, locale, data, token },
    { template: "second-factor-on", to, locale, data },
    { template: "second-factor-off", to, locale, data },
    { template: "second-factor-removed", to, locale, data },
    { template: "data-exported", to, locale, data },
    { template: "account-deleted", to, locale, data },
    { template: "account-banned", to, locale, data: { ...data, reason: reasons[locale] } },
    { template: "article-taken-back", to, locale, data: { ...data, title: "Sale", reason: reasons[locale] } },
    { template: "article-deleted", to, locale, data: { ...data, title: "Sale", reason: reasons[locale] } },
    { template: "token-reused", to, locale, data },
  ];
}
