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
  const addressee = { to: "minji.kim@example.com", locale, name: names[locale] };
  const token = "sample-token-3Jm8VtQ2sYx0Kf7LwRb5NcHp4Gz9Da1";
  return [
    { template: "verify-sign-up", ...addressee, token },
    { template: "reset-password", ...addressee, token },
    { template: "password-changed", ...addressee },
    { template: "verify-new-address", ...addressee, token },
    { template: "address-changed", ...addressee, newEmail: "kim@minji.example", token },
    { template: "sign-in-method-added", ...addressee, provider: "github" }, // part: social-sign-in
    { template: "sign-in-method-removed", ...addressee, provider: "email" }, // part: social-sign-in
    { template: "passkey-added", ...addressee },
    { template: "passkey-removed", ...addressee },
    { template: "new-device", ...addressee, browser: "Firefox", system: "Linux", ipAddress: "203.0.113.7" },
    { template: "magic-link", ...addressee, token, callbackUrl: `${env().APP_URL}/magic-link` },
    { template: "invitation", ...addressee, token },
    { template: "second-factor-on", ...addressee },
    { template: "second-factor-off", ...addressee },
    { template: "second-factor-removed", ...addressee },
    { template: "data-exported", ...addressee },
    { template: "account-deleted", ...addressee },
    { template: "account-banned", ...addressee, reason: reasons[locale] },
    { template: "article-taken-back", ...addressee, title: "Sale", reason: reasons[locale] },
    { template: "article-deleted", ...addressee, title: "Sale", reason: reasons[locale] },
    { template: "token-reused", ...addressee },
  ];
}
