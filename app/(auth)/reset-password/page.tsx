import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { NewPasswordField } from "@/app/_components/forms/new-password-field";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { MessagePage } from "@/app/_components/pages/message-page";
import { findEmailTokenError } from "@/lib/auth/email/email-tokens";
import { AuthPage } from "../auth-page";
import { resetPasswordAction } from "../password-actions";
import { readMailLink } from "../read-mail-link";

type Props = PageProps<"/reset-password">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("resetPassword");
  return { title: t("title"), description: t("description"), robots: "noindex" };
}

/** The page that the emailed link opens. Submitting the form consumes the token, opening the page does not. */
export default async function ResetPasswordPage({ searchParams }: Props) {
  const { email, token } = readMailLink(await searchParams);
  const t = await getTranslations("resetPassword");
  const errorCode = await findEmailTokenError({ purpose: "reset-password", email, token });
  if (errorCode) {
    const outcome = errorCode === "auth/token-expired" ? "expired" : "invalid";
    return (
      <MessagePage
        title={t(`${outcome}Title`)}
        text={t(outcome)}
        links={[{ href: "/forgot-password", text: t("again") }]}
      />
    );
  }

  return (
    <AuthPage title={t("title")}>
      <p className="mt-4 text-muted">{t("text", { email })}</p>
      <Form action={resetPasswordAction} hidden={{ email, token }} className="mt-6">
        <UsernameField email={email} />
        <NewPasswordField name="newPassword" label={t("newPassword")} />
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
    </AuthPage>
  );
}
