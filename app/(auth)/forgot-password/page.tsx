import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { MessagePage } from "@/app/_components/pages/message-page";
import { Link } from "@/app/_components/ui/link";
import { safeRedirectPath } from "@/lib/web/paths/safe-redirect-path";
import { withQuery } from "@/lib/web/paths/with-query";
import { AuthPage } from "../auth-page";
import { forgotPasswordAction } from "../password-actions";

type Props = PageProps<"/forgot-password">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("forgotPassword");
  return { title: t("title"), description: t("description") };
}

export default async function ForgotPasswordPage({ searchParams }: Props) {
  const [{ sent, ...query }, t] = await Promise.all([searchParams, getTranslations("forgotPassword")]);
  const returnTo = safeRedirectPath(query.returnTo, "");
  const signInPath = withQuery("/signin", { returnTo });
  if (sent !== undefined) {
    return (
      <MessagePage
        title={t("sentTitle")}
        text={t("sent")}
        note={t("notThere")}
        links={[
          { href: signInPath, text: t("back") },
          { href: withQuery("/forgot-password", { returnTo }), text: t("again") },
        ]}
      />
    );
  }

  return (
    <AuthPage title={t("title")}>
      <p className="mt-4 text-muted">{t("text")}</p>
      <Form action={forgotPasswordAction} hidden={{ returnTo }} className="mt-6">
        <Field name="email" type="email" label={t("email")} autoComplete="username" />
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
      <p className="mt-8">
        <Link href={signInPath} className="link">
          {t("back")}
        </Link>
      </p>
    </AuthPage>
  );
}
