import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Checkbox, Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { NewPasswordField } from "@/app/_components/forms/new-password-field";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { maxNameLength } from "@/lib/core/fields";
import { safeRedirectPath } from "@/lib/web/session/safe-redirect-path";
import { getCurrentUser } from "@/lib/web/session/web-session";
import { signUpAction } from "../actions";
import { AuthPage } from "../auth-page";
import { NewTabLink } from "../new-tab-link";
import { SocialButtons } from "../social-buttons";

type Props = { searchParams: Promise<{ returnTo?: string | string[] }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signUp");
  return { title: t("title"), description: t("description") };
}

export default async function SignUpPage({ searchParams }: Props) {
  const returnTo = safeRedirectPath((await searchParams).returnTo, "");
  if (await getCurrentUser()) redirect(returnTo || "/me");

  const t = await getTranslations("signUp");
  return (
    <AuthPage title={t("title")}>
      <Form action={signUpAction} className="mt-8">
        <input type="hidden" name="returnTo" value={returnTo} />
        <Field
          name="name"
          label={t("name")}
          help={t("nameHelp")}
          autoComplete="name"
          maxLength={maxNameLength}
        />
        <Field name="email" type="email" label={t("email")} autoComplete="username" />
        <NewPasswordField name="password" label={t("password")} />
        <div className="mt-6">
          <Checkbox name="termsAccepted">
            {t.rich("termsAccepted", { link: (words) => <NewTabLink href="/terms">{words}</NewTabLink> })}
          </Checkbox>
          <Checkbox name="privacyAccepted">
            {t.rich("privacyAccepted", {
              link: (words) => <NewTabLink href="/privacy">{words}</NewTabLink>,
            })}
          </Checkbox>
        </div>
        <SubmitButton working={t("submitting")} className="button button-ink mt-6 w-full sm:w-auto">
          {t("submit")}
        </SubmitButton>
      </Form>
      <SocialButtons returnTo={returnTo} />
      <p className="mt-8 text-muted">
        {t("haveAccount")}{" "}
        <Link
          href={returnTo ? `/signin?${new URLSearchParams({ returnTo })}` : "/signin"}
          className="link text-ink"
        >
          {t("signIn")}
        </Link>
      </p>
    </AuthPage>
  );
}
