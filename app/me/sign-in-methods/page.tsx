import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { hidden } from "@/app/_components/ui/hidden-words";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { ProviderLogo } from "@/app/(auth)/_social/provider-logo";
import { SocialError } from "@/app/(auth)/_social/social-error";
import { hasOneSignInMethod } from "@/lib/auth/methods/sign-in-methods";
import { type LinkedAccount, type SignInMethod, signInMethods } from "@/lib/auth/social/contract";
import { listAccounts } from "@/lib/auth/social/linked-accounts";
import { configuredProviders } from "@/lib/auth/social/social-settings";
import { providers, type SocialProvider, socialProviders } from "@/lib/social-providers/social-providers";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { SettingsPage } from "../settings-page";
import { linkAction, unlinkAction } from "./actions";

type Props = PageProps<"/me/sign-in-methods">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("methods");
  return { title: t("title"), description: t("text") };
}

/** The sign-in methods of the user, to add and remove. */
export default async function SignInMethodsPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/sign-in-methods");
  const [{ linked, unlinked, error }, t, { items: accounts }, isLast] = await Promise.all([
    searchParams,
    getTranslations("methods"),
    listAccounts({ page: 1, limit: signInMethods.length }, user),
    hasOneSignInMethod(user.id),
  ]);
  const find = (method: SignInMethod) => accounts.find(({ provider }) => provider === method);
  const nameOf = (method: SignInMethod) => (method === "email" ? t("password") : providers[method].name);
  const [added, removed] = [linked, unlinked].map((text) => signInMethods.find((method) => method === text));
  // A linked account can be removed even if its provider is no longer configured.
  const offered = socialProviders.filter((name) => find(name) || configuredProviders().includes(name));
  return (
    <SettingsPage page="methods" title={t("title")}>
      {added && <Notice>{t("linked", { method: nameOf(added) })}</Notice>}
      {removed && <Notice>{t("unlinked", { method: nameOf(removed) })}</Notice>}
      <SocialError code={error} />
      <p className="mt-3 max-w-[36rem] text-muted">{t("text")}</p>
      <ul className="mt-6 border-t border-rule">
        <Password account={find("email")} isLast={isLast} email={user.email} />
        {offered.map((provider) => (
          <Provider key={provider} provider={provider} account={find(provider)} isLast={isLast} />
        ))}
      </ul>
    </SettingsPage>
  );
}

async function Password({
  account,
  isLast,
  email,
}: {
  account: LinkedAccount | undefined;
  isLast: boolean;
  email: string;
}) {
  const t = await getTranslations("methods");
  if (!account) {
    return (
      <Method name={t("password")} fact={t("noPassword")}>
        <Link href="/me/password" className="target link">
          {t.rich("setPassword", { hidden })}
        </Link>
      </Method>
    );
  }
  return (
    <Method name={t("password")} fact={t("passwordSet", { email })}>
      <Link href="/me/password" className="target link">
        {t.rich("changePassword", { hidden })}
      </Link>
      <Unlink method="email" name={t("password")} isLast={isLast} />
    </Method>
  );
}

async function Provider({
  provider,
  account,
  isLast,
}: {
  provider: SocialProvider;
  account: LinkedAccount | undefined;
  isLast: boolean;
}) {
  const [t, format] = await Promise.all([getTranslations("methods"), getFormatter()]);
  const name = providers[provider].name;
  const since = account && format.dateTime(account.connectedAt, { dateStyle: "long" });
  return (
    <Method
      name={name}
      logo={<ProviderLogo provider={provider} />}
      fact={since ? t("linkedSince", { date: since }) : t("notLinked")}
    >
      {account ? (
        <Unlink method={provider} name={name} isLast={isLast} />
      ) : (
        <Form action={linkAction} hidden={{ provider }}>
          <SubmitButton working={t("linking")} className="target link">
            {t.rich("link", { method: name, hidden })}
          </SubmitButton>
        </Form>
      )}
    </Method>
  );
}

function Method({
  name,
  logo,
  fact,
  children,
}: {
  name: string;
  logo?: ReactNode;
  fact: string;
  children: ReactNode;
}) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 border-b border-rule py-2">
      <div className="min-w-0 py-2">
        <p className="flex items-center gap-2 font-semibold">
          {logo}
          {name}
        </p>
        <p className="text-13 text-muted">{fact}</p>
      </div>
      <div className="flex flex-wrap items-center gap-x-5">{children}</div>
    </li>
  );
}

/** The only sign-in method has no button, and the action rejects its removal as well. */
async function Unlink({ method, name, isLast }: { method: SignInMethod; name: string; isLast: boolean }) {
  const t = await getTranslations("methods");
  if (isLast) return <p className="text-13 text-muted">{t("last")}</p>;
  return (
    <Form action={unlinkAction} hidden={{ provider: method }}>
      <SubmitButton working={t("unlinking")} className="target link">
        {t.rich("unlink", { method: name, hidden })}
      </SubmitButton>
    </Form>
  );
}
