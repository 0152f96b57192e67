import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/field";
import { Form } from "@/app/_components/form";
import { Link } from "@/app/_components/link";
import { Notice } from "@/app/_components/notice";
import { SubmitButton } from "@/app/_components/submit-button";
import { ownPath } from "@/lib/auth/return-to";
import { findWebUser } from "@/lib/auth/web-session";
import { signInAction } from "../actions";
import { AuthPage } from "../auth-page";
import { SocialButtons } from "../social-buttons";
import { SocialProblem } from "../social-problem";

type Props = {
  searchParams: Promise<{ returnTo?: string | string[]; reset?: string; error?: string | string[] }>;
};

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn");
  return { title: t("title"), description: t("description") };
}

export default async function SignInPage({ searchParams }: Props) {
  const { reset, error, ...query } = await searchParams;
  const returnTo = ownPath(query.returnTo, "");
  if (await findWebUser()) redirect(returnTo || "/me");

  const [t, security] = await Promise.all([getTranslations("signIn"), getTranslations("security")]);
  return (
    <AuthPage title={t("title")}>
      {reset !== undefined && <Notice>{security("resetDone")}</Notice>}
      <SocialProblem code={error} />
      <Form action={signInAction} className="mt-8">
        <input type="hidden" name="returnTo" value={returnTo} />
        <Field name="email" type="email" label={t("email")} autoComplete="username" />
        <Field name="password" type="password" label={t("password")} autoComplete="current-password" />
        <p className="mt-2">
          <Link
            href={returnTo ? `/forgot-password?${new URLSearchParams({ returnTo })}` : "/forgot-password"}
            className="link text-13 text-muted"
          >
            {security("forgot")}
          </Link>
        </p>
        <SubmitButton working={t("submitting")} className="button button-ink mt-7 w-full sm:w-auto">
          {t("submit")}
        </SubmitButton>
      </Form>
      <SocialButtons returnTo={returnTo} />
      <p className="mt-8 text-muted">
        {t("noAccount")}{" "}
        <Link
          href={returnTo ? `/signup?${new URLSearchParams({ returnTo })}` : "/signup"}
          className="link text-ink"
        >
          {t("signUp")}
        </Link>
      </p>
    </AuthPage>
  );
}
