import { getFormatter, getTranslations } from "next-intl/server";
import { EmailAddress } from "@/app/_components/ui/email-address";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { Fact } from "./fact";
import { LinkedAccounts } from "./linked-accounts";

/** The state of each sign-in method, with a link to change it. */
export async function SecurityFacts({ user }: { user: CurrentUser }) {
  const [t, secondFactor, format, password, { pagination: devices }] = await Promise.all([
    getTranslations("accountSecurity"),
    getTranslations("secondFactor"),
    getFormatter(),
    getPasswordState(user.id),
    listSessions({ page: 1, limit: 1 }, user),
  ]);
  const changedAt = password.changedAt && format.dateTime(password.changedAt, { dateStyle: "long" });
  const passwordFact = changedAt ? t("passwordChanged", { date: changedAt }) : t("passwordSet");
  return (
    <dl className="mt-6 border-t border-rule">
      <Fact name={t("password")} link={{ href: "/me/password", words: password.isSet ? "change" : "set" }}>
        {password.isSet ? passwordFact : t("passwordNone")}
      </Fact>
      <Fact name={t("secondFactor")} link={{ href: "/me/second-factor", words: "manage" }}>
        {secondFactor(user.mfaEnabled ? "on" : "off")}
      </Fact>
      <Fact name={t("email")} link={{ href: "/me/address", words: "change" }}>
        <EmailAddress user={user} />
      </Fact>
      {/* part: social-sign-in */}
      <LinkedAccounts user={user} />
      {/* end of part: social-sign-in */}
      <Fact name={t("devices")} link={{ href: "/me/sessions", words: "manage" }}>
        {t("signedIn", { total: devices.total })}
      </Fact>
    </dl>
  );
}
