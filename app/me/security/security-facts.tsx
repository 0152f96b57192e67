import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Link } from "@/app/_components/ui/link";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { signInMethods } from "@/lib/auth/social/contract";
import { listAccounts } from "@/lib/auth/social/linked-accounts";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import { hidden } from "./hidden-words";

/** The state of each sign-in method, with a link to change it. */
export async function SecurityFacts({ user }: { user: CurrentUser }) {
  const [t, secondFactor, format, password, { pagination: devices }, { items: accounts }] = await Promise.all(
    [
      getTranslations("accountSecurity"),
      getTranslations("secondFactor"),
      getFormatter(),
      getPasswordState(user.id),
      listSessions({ page: 1, limit: 1 }, user),
      listAccounts({ page: 1, limit: signInMethods.length }, user),
    ],
  );
  const changedAt = password.changedAt && format.dateTime(password.changedAt, { dateStyle: "long" });
  const passwordFact = changedAt ? t("passwordChanged", { date: changedAt }) : t("passwordSet");
  const linked = socialProviders.filter((name) => accounts.some(({ provider }) => provider === name));
  return (
    <dl className="mt-6 border-t border-rule">
      <Fact name={t("password")} link={{ href: "/me/password", words: password.isSet ? "change" : "set" }}>
        {password.isSet ? passwordFact : t("passwordNone")}
      </Fact>
      <Fact name={t("secondFactor")} link={{ href: "/me/second-factor", words: "manage" }}>
        {secondFactor(user.mfaEnabled ? "on" : "off")}
      </Fact>
      <Fact name={t("email")} link={{ href: "/me/address", words: "change" }}>
        {user.email}{" "}
        <span className="inline-block text-13 text-muted">
          {t(user.emailVerified ? "verified" : "unverified")}
        </span>
      </Fact>
      <Fact name={t("methods")} link={{ href: "/me/sign-in-methods", words: "manage" }}>
        {linked.map((name) => providers[name].name).join(", ") || t("methodsNone")}
      </Fact>
      <Fact name={t("devices")} link={{ href: "/me/sessions", words: "manage" }}>
        {t("signedIn", { total: devices.total })}
      </Fact>
    </dl>
  );
}

async function Fact({
  name,
  link,
  children,
}: {
  name: string;
  link: { href: string; words: "change" | "set" | "manage" };
  children: ReactNode;
}) {
  const t = await getTranslations("accountSecurity");
  return (
    <div className="border-b border-rule py-2 sm:flex sm:min-h-12 sm:items-center sm:gap-6 sm:py-0">
      <dt className="text-13 text-muted sm:w-32 sm:shrink-0">{name}</dt>
      <dd className="flex min-w-0 flex-1 items-center justify-between gap-6">
        <span className="min-w-0">{children}</span>
        <Link href={link.href} className="target link shrink-0">
          {t.rich(link.words, { name, hidden })}
        </Link>
      </dd>
    </div>
  );
}
