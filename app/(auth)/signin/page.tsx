import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { passkeySignInAction } from "@/app/(auth)/_passkeys/passkey-actions";
import { PasskeyForm } from "@/app/(auth)/_passkeys/passkey-form";
import { SocialButtons } from "@/app/(auth)/_social/social-buttons";
import { SocialError } from "@/app/(auth)/_social/social-error";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { withQuery } from "@/lib/web/paths/with-query";
import { getCurrentUser } from "@/lib/web/session/browser-session";
import { signInAction } from "../actions";
import { AuthPage } from "../auth-page";
import { MagicLinkOffer } from "../magic-link-offer";
import { OtherMethods } from "../other-methods";

type Props = PageProps<"/signin">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title"), description: t("description") };
}

export default async function SignInPage({ searchParams }: Props) {
  const { reset, ...query } = await searchParams;
  const returnTo = safeRedirectPath(query.returnTo, "");
  if (await getCurrentUser()) redirect(returnTo || "/me");

  const [t, security] = await Promise.all([getTranslations("signIn"), getTranslations("security")]);
  return (
    <AuthPage title={t("title")}>
      {reset !== undefined && <Notice>{security("resetDone")}</Notice>}
      {/* part: social-sign-in */}
      <SocialError code={query.error} />
      {/* end of part: social-sign-in */}
      <Form action={signInAction} hidden={{ returnTo }} className="mt-8">
        <Field name="email" type="email" label={t("email")} autoComplete="username webauthn" />
        <Field name="password" type="password" label={t("password")} autoComplete="current-password" />
        <p className="mt-2 flex flex-wrap justify-between gap-x-6">
          <Link href={withQuery("/forgot-password", { returnTo })} className="link text-13 text-muted">
            {security("forgot")}
          </Link>
          <MagicLinkOffer returnTo={returnTo} />
        </p>
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
      <OtherMethods>
        <PasskeyForm action={passkeySignInAction} returnTo={returnTo} isAutofilled />
        {/* part: social-sign-in */}
        <SocialButtons returnTo={returnTo} />
        {/* end of part: social-sign-in */}
      </OtherMethods>
      {isRegistrationOpen() && (
        <p className="mt-8 text-muted">
          {t("noAccount")}{" "}
          <Link href={withQuery("/signup", { returnTo })} className="link text-ink">
            {t("signUp")}
          </Link>
        </p>
      )}
    </AuthPage>
  );
}
