import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { Link } from "@/app/_components/ui/link";
import { reauthenticateWithPasskeyAction } from "@/app/(auth)/_passkeys/passkey-actions";
import { PasskeyForm } from "@/app/(auth)/_passkeys/passkey-form";
import { reauthenticateByProviderAction } from "@/app/(auth)/_social/social-actions";
import { ProviderButton } from "@/app/(auth)/_social/social-buttons";
import { SocialError } from "@/app/(auth)/_social/social-error";
import { listPasskeys } from "@/lib/auth/passkeys/passkeys";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import { reauthenticationPath } from "@/lib/auth/sessions/recent-authentication";
import { listLinkedProviders } from "@/lib/auth/social/linked-accounts";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { AuthPage } from "../auth-page";
import { forgotPasswordAction, reauthenticateAction } from "../password-actions";

type Props = PageProps<"/reauthenticate">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("reauthenticate");
  return { title: t("title"), description: t("description"), robots: "noindex" };
}

/** Asks a signed-in user to authenticate again, by any of their sign-in methods, and returns to the requested page. */
export default async function ReauthenticatePage({ searchParams }: Props) {
  const query = await searchParams;
  const returnTo = safeRedirectPath(query.returnTo, "/me");
  const user = await requireCurrentUser(reauthenticationPath(returnTo));
  if (user.hasRecentAuthentication) redirect(returnTo);

  const [t, password, { pagination: passkeys }] = await Promise.all([
    getTranslations("reauthenticate"),
    getPasswordState(user.id),
    listPasskeys({ page: 1, limit: 1 }, user),
  ]);
  const providers = await listLinkedProviders(user.id); // part: social-sign-in
  const hasMethodWithoutScript = [
    password.isSet,
    providers.length > 0, // part: social-sign-in
  ].includes(true);
  return (
    <AuthPage title={t("title")}>
      {/* part: social-sign-in */}
      <SocialError code={query.error} />
      {/* end of part: social-sign-in */}
      <p className="mt-4 text-muted">{t("text", { email: user.email })}</p>
      {password.isSet ? (
        <Password email={user.email} returnTo={returnTo} needsCode={user.mfaEnabled} />
      ) : (
        <p className="mt-6">{t(hasMethodWithoutScript || passkeys.total > 0 ? "byProvider" : "noMethod")}</p>
      )}
      <div className="mt-8 grid gap-3">
        {passkeys.total > 0 && <PasskeyForm action={reauthenticateWithPasskeyAction} returnTo={returnTo} />}
        {/* part: social-sign-in */}
        {providers.map((provider) => (
          <ProviderButton
            key={provider}
            action={reauthenticateByProviderAction}
            provider={provider}
            returnTo={returnTo}
          />
        ))}
        {/* end of part: social-sign-in */}
      </div>
      {!hasMethodWithoutScript && (
        <Form action={forgotPasswordAction} hidden={{ email: user.email, returnTo }}>
          <SubmitButton working={t("mailingLink")} className="button button-ink">
            {t("mailLink")}
          </SubmitButton>
        </Form>
      )}
    </AuthPage>
  );
}

async function Password({
  email,
  returnTo,
  needsCode,
}: {
  email: string;
  returnTo: string;
  needsCode: boolean;
}) {
  const [t, security, factor] = await Promise.all([
    getTranslations("reauthenticate"),
    getTranslations("security"),
    getTranslations("secondFactor"),
  ]);
  return (
    <Form action={reauthenticateAction} hidden={{ returnTo }} className="mt-6">
      <UsernameField email={email} />
      <Field name="password" type="password" label={t("password")} autoComplete="current-password" />
      <p className="mt-2">
        <Link
          href={`/forgot-password?${new URLSearchParams({ returnTo })}`}
          className="link text-13 text-muted"
        >
          {security("forgot")}
        </Link>
      </p>
      {needsCode && (
        <Field name="mfaCode" label={factor("code")} help={factor("codeHelp")} autoComplete="one-time-code" />
      )}
      <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
    </Form>
  );
}
