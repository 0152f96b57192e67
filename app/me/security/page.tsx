import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { type ListedPasskey, maxPasskeyNameLength } from "@/lib/auth/passkeys/contract";
import { listPasskeys } from "@/lib/auth/passkeys/passkeys";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { signInMethods } from "@/lib/auth/social/contract";
import { listAccounts } from "@/lib/auth/social/linked-accounts";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import { currentClient, requireCurrentUser } from "@/lib/web/session/browser-session";
import { ConfirmFirst } from "../confirm-first";
import { nameDevice } from "../name-device";
import { ReauthenticateAgain } from "../reauthenticate-again";
import { SettingsPage } from "../settings-page";
import { addPasskeyAction, passkeyCreationOptionsAction } from "./actions";
import { CreatePasskeyButton } from "./create-passkey-button";

type Props = { searchParams: Promise<{ passkey?: string | string[] }> };

const path = "/me/security";

/** More than anyone has; the API lists them page by page. */
const maxListed = 100;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountSecurity");
  return { title: t("title"), description: t("description") };
}

/** How safe an account is, at a glance: what it can be opened by, and where it is open. */
export default async function SecurityPage({ searchParams }: Props) {
  const user = await requireCurrentUser(path);
  const [{ passkey }, t, words] = await Promise.all([
    searchParams,
    getTranslations("accountSecurity"),
    getTranslations("passkeys"),
  ]);
  const change = (["added", "renamed", "removed"] as const).find((name) => name === passkey);
  return (
    <SettingsPage page="security" title={t("title")}>
      {change && <Notice>{words(change)}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">{t("text")}</p>
      <Facts user={user} />
      <Passkeys user={user} />
    </SettingsPage>
  );
}

async function Facts({ user }: { user: CurrentUser }) {
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

async function Passkeys({ user }: { user: CurrentUser }) {
  const [t, { items: passkeys }] = await Promise.all([
    getTranslations("accountSecurity"),
    listPasskeys({ page: 1, limit: maxListed }, user),
  ]);
  return (
    <section className="mt-14" aria-labelledby="passkeys">
      <h2 id="passkeys" className="text-20">
        {t("passkeys")}
      </h2>
      <p className="mt-2 max-w-[36rem] text-muted">{t("passkeysText")}</p>
      {passkeys.length === 0 ? (
        <p className="mt-5">{t("passkeysNone")}</p>
      ) : (
        <ul className="mt-5 border-t border-rule">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      {user.hasFreshProof ? <AddPasskey /> : <ConfirmFirst returnTo={path} />}
    </section>
  );
}

async function Passkey({ passkey: { id, name, createdAt, lastUsedAt } }: { passkey: ListedPasskey }) {
  const [t, format] = await Promise.all([getTranslations("passkeys"), getFormatter()]);
  const dateOf = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  return (
    <li className="flex items-center justify-between gap-6 border-b border-rule py-2">
      <div className="min-w-0 py-2">
        <p className="font-semibold">{name}</p>
        <p className="text-13 text-muted tabular-nums">
          {t("created", { date: dateOf(createdAt) })}
          {"\u00a0· "}
          {lastUsedAt ? t("used", { date: dateOf(lastUsedAt) }) : t("unused")}
        </p>
      </div>
      <Link href={`${path}/passkeys/${id}`} className="target link shrink-0">
        {t.rich("edit", { name, hidden })}
      </Link>
    </li>
  );
}

async function AddPasskey() {
  const [t, reauthentication, { userAgent }] = await Promise.all([
    getTranslations("passkeys"),
    getTranslations("reauthenticate"),
    currentClient(),
  ]);
  return (
    <>
      <p className="needs-no-script mt-5">{t("noScript")}</p>
      <div className="needs-script mt-6 max-w-[26rem]">
        <Form action={addPasskeyAction}>
          <ReauthenticateAgain words={reauthentication("link")} />
          <Field
            name="name"
            label={t("name")}
            help={t("nameHelp")}
            initial={await nameDevice(userAgent)}
            maxLength={maxPasskeyNameLength}
            autoComplete="off"
          />
          <CreatePasskeyButton
            getOptions={passkeyCreationOptionsAction}
            words={{
              add: t("add"),
              working: t("working"),
              notCreated: t("notCreated"),
              alreadyThere: t("alreadyThere"),
              unsupported: t("unsupported"),
              failed: t("failed"),
            }}
          />
        </Form>
      </div>
    </>
  );
}

/** For screen readers: sighted users see from the row what a link is about. */
function hidden(words: ReactNode): ReactNode {
  return <span className="sr-only">{words}</span>;
}
