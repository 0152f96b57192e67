import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { NewPasswordField } from "@/app/_components/forms/new-password-field";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { changePasswordAction, forgotPasswordAction } from "@/app/(auth)/password-actions";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { SettingsPage } from "../settings-page";

type Props = PageProps<"/me/password">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("passwordTitle"), description: t("passwordText") };
}

export default async function PasswordPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/password");
  const [{ changed }, t, password] = await Promise.all([
    searchParams,
    getTranslations("security"),
    getPasswordState(user.id),
  ]);
  return (
    <SettingsPage page="password" title={t("passwordTitle")}>
      {changed !== undefined && <Notice>{t("passwordChanged")}</Notice>}
      <div className="mt-3 max-w-[26rem]">
        {password.isSet ? <ChangePassword email={user.email} /> : <SetPassword email={user.email} />}
      </div>
    </SettingsPage>
  );
}

async function ChangePassword({ email }: { email: string }) {
  const t = await getTranslations("security");
  return (
    <>
      <p className="text-muted">{t("passwordText")}</p>
      <Form action={changePasswordAction}>
        <UsernameField email={email} />
        <Field
          name="currentPassword"
          type="password"
          label={t("currentPassword")}
          autoComplete="current-password"
        />
        <p className="mt-2">
          <Link href="/forgot-password" className="link text-13 text-muted">
            {t("forgot")}
          </Link>
        </p>
        <NewPasswordField name="newPassword" label={t("newPassword")} />
        <SubmitButton working={t("changingPassword")}>{t("changePassword")}</SubmitButton>
      </Form>
    </>
  );
}

/** For a user without a password: emails the same link as for a forgotten password. */
async function SetPassword({ email }: { email: string }) {
  const t = await getTranslations("security");
  return (
    <>
      <p className="text-muted">{t("noPassword", { email })}</p>
      <Form action={forgotPasswordAction} hidden={{ email }}>
        <SubmitButton working={t("mailingLink")}>{t("mailLink")}</SubmitButton>
      </Form>
    </>
  );
}
