import type { Locale } from "@/lib/i18n/locales";
import type { Mail } from "./mail";

const names = { en: "Minji Kim", ko: "김민지" };

/** One mail of each kind, to look at. */
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
    { template: "sign-in-method-added", to, locale, data: { ...data, provider: "github" } },
    { template: "sign-in-method-removed", to, locale, data: { ...data, provider: "email" } },
    { template: "second-factor-on", to, locale, data },
    { template: "second-factor-off", to, locale, data },
    { template: "second-factor-removed", to, locale, data },
    { template: "data-exported", to, locale, data },
    { template: "account-deleted", to, locale, data },
    { template: "token-reused", to, locale, data },
  ];
}
