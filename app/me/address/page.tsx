import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Notice } from "@/app/_components/ui/notice";
import { cancelAddressChangeAction, changeAddressAction } from "@/app/(auth)/email-actions";
import { UnverifiedBanner } from "@/app/(auth)/unverified-banner";
import { findPendingAddress } from "@/lib/auth/email/email-verification";
import { emailAddress } from "@/lib/core/fields";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { SettingsPage } from "../settings-page";

type Props = PageProps<"/me/address">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("security");
  return { title: t("addressTitle"), description: t("addressDescription") };
}

/** The form that changes the email address, and the pending address that is not confirmed yet. */
export default async function AddressPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/address");
  const [{ sent, email }, t, pendingAddress] = await Promise.all([
    searchParams,
    getTranslations("security"),
    findPendingAddress(user),
  ]);
  return (
    <SettingsPage page="address" title={t("addressTitle")}>
      <UnverifiedBanner user={user} />
      {sent !== undefined && <Notice>{t("addressSent")}</Notice>}
      <div className="mt-3 max-w-[26rem]">
        <p className="text-muted">{t("addressText", { email: user.email })}</p>
        {pendingAddress && (
          <div className="mt-5 border-y border-rule py-3">
            <p>{t("pending", { email: pendingAddress })}</p>
            <Form action={cancelAddressChangeAction}>
              <SubmitButton working={t("cancellingPending")} className="target link">
                {t("cancelPending")}
              </SubmitButton>
            </Form>
          </div>
        )}
        <Form action={changeAddressAction} values={{ email: emailAddress.safeParse(email).data ?? "" }}>
          <Field name="email" type="email" label={t("newAddress")} autoComplete="email" />
          <SubmitButton working={t("changingAddress")}>{t("changeAddress")}</SubmitButton>
        </Form>
      </div>
    </SettingsPage>
  );
}
