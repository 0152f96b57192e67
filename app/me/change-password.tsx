import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/field";
import { Form } from "@/app/_components/form";
import { Link } from "@/app/_components/link";
import { SubmitButton } from "@/app/_components/submit-button";
import { changePasswordAction } from "@/app/(auth)/password-actions";
import { passwordHelp } from "@/app/(auth)/password-help";

/** The part of the settings in which the password is changed. */
export async function ChangePassword({ email }: { email: string }) {
  const t = await getTranslations("security");
  return (
    <section className="with-margin mt-14" aria-labelledby="password">
      <h2 id="password" className="text-20 lg:text-17">
        {t("passwordTitle")}
      </h2>
      <div className="max-w-[26rem]">
        <p className="mt-1 text-muted lg:mt-0.5">{t("passwordText")}</p>
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
          <SubmitButton working={t("changingPassword")} className="button mt-7 w-full sm:w-auto">
            {t("changePassword")}
          </SubmitButton>
        </Form>
      </div>
    </section>
  );
}
