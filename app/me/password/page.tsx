import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/field";
import { Form } from "@/app/_components/form";
import { Link } from "@/app/_components/link";
import { Notice } from "@/app/_components/notice";
import { SubmitButton } from "@/app/_components/submit-button";
import { changePasswordAction } from "@/app/(auth)/password-actions";
import { passwordHelp } from "@/app/(auth)/password-help";
import { requireWebUser } from "@/lib/auth/web-session";
import { SettingsPage } from "../settings-page";

type Props = { searchParams: Promise<{ changed?: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("passwordTitle"), description: t("passwordText") };
}

export default async function PasswordPage({ searchParams }: Props) {
  const { email } = await requireWebUser("/me/password");
  const [{ changed }, t] = await Promise.all([searchParams, getTranslations("security")]);
  return (
    <SettingsPage page="password" title={t("passwordTitle")}>
      {changed !== undefined && <Notice>{t("passwordChanged")}</Notice>}
      <div className="mt-3 max-w-[26rem]">
        <p className="text-muted">{t("passwordText")}</p>
        <Form action={changePasswordAction}>
          {/* For password managers, which keep the new password under it. */}
          <input type="hidden" name="username" value={email} autoComplete="username" />
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
          <Field
            name="newPassword"
            type="password"
            label={t("newPassword")}
            help={await passwordHelp()}
            autoComplete="new-password"
          />
          <SubmitButton working={t("changingPassword")} className="button button-ink mt-7 w-full sm:w-auto">
            {t("changePassword")}
          </SubmitButton>
        </Form>
      </div>
    </SettingsPage>
  );
}
