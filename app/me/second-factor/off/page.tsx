import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { UsernameField } from "@/app/_components/forms/username-field";
import { getPasswordState } from "@/lib/auth/passwords/password-state";
import { requireFreshCurrentUser } from "@/lib/web/session/browser-session";
import { SettingsPage } from "../../settings-page";
import { disableSecondFactorAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("secondFactor");
  return { title: t("disable"), description: t("disableText"), robots: "noindex" };
}

/** The form that turns the second factor off. */
export default async function DisableSecondFactorPage() {
  const user = await requireFreshCurrentUser("/me/second-factor/off");
  if (!user.mfaEnabled) redirect("/me/second-factor");
  const [t, password] = await Promise.all([getTranslations("secondFactor"), getPasswordState(user.id)]);
  return (
    <SettingsPage page="secondFactor" title={t("disable")}>
      <p className="mt-3 max-w-[36rem] text-muted">{t("disableText")}</p>
      <Form action={disableSecondFactorAction} className="mt-6 max-w-[26rem]">
        {password.isSet && (
          <>
            <UsernameField email={user.email} />
            <Field name="password" type="password" label={t("password")} autoComplete="current-password" />
          </>
        )}
        <Field name="code" label={t("code")} help={t("codeHelp")} autoComplete="one-time-code" />
        <SubmitButton working={t("disabling")}>{t("disable")}</SubmitButton>
      </Form>
    </SettingsPage>
  );
}
