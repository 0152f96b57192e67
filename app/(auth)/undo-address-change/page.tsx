import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { MessagePage } from "@/app/_components/pages/message-page";
import { findAddressUndoError } from "@/lib/auth/email/address-undos";
import { AuthPage } from "../auth-page";
import { undoAddressChangeAction } from "../email-actions";
import { forgotPasswordAction } from "../password-actions";
import { readMailLink } from "../read-mail-link";

type Props = PageProps<"/undo-address-change">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("undoAddress");
  return { title: t("title"), description: t("description"), robots: "noindex" };
}

/** The page that the link in the email to the old address opens. The button consumes the token, not the page load. */
export default async function UndoAddressChangePage({ searchParams }: Props) {
  const [query, t] = await Promise.all([searchParams, getTranslations("undoAddress")]);
  const { email, token } = readMailLink(query);
  if (query.done !== undefined) return <Done email={email} />;

  const errorCode = await findAddressUndoError({ email, token });
  if (errorCode) {
    const outcome = errorCode === "auth/token-expired" ? "expired" : "invalid";
    return (
      <MessagePage title={t(`${outcome}Title`)} text={t(outcome)} links={[{ href: "/", text: t("home") }]} />
    );
  }
  return (
    <AuthPage title={t("title")}>
      <p className="mt-4 text-17">{t("text", { email })}</p>
      <Form action={undoAddressChangeAction} hidden={{ email, token }}>
        <SubmitButton working={t("submitting")}>{t("submit")}</SubmitButton>
      </Form>
    </AuthPage>
  );
}

/** Offers a password reset: the attacker who changed the address may know the password. */
async function Done({ email }: { email: string }) {
  const t = await getTranslations("undoAddress");
  return (
    <AuthPage title={t("doneTitle")}>
      <p className="mt-4 text-17">{t("done", { email })}</p>
      <Form action={forgotPasswordAction} hidden={{ email }}>
        <SubmitButton working={t("mailingLink")}>{t("mailLink")}</SubmitButton>
      </Form>
    </AuthPage>
  );
}
