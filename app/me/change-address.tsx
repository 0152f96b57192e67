import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/field";
import { Form } from "@/app/_components/form";
import { SubmitButton } from "@/app/_components/submit-button";
import { cancelAddressChangeAction, changeAddressAction } from "@/app/(auth)/email-actions";
import { findPendingAddress } from "@/lib/auth/email-verification";

/** The part of the settings in which the address is changed; it shows the one that waits to be confirmed. */
export async function ChangeAddress({ user }: { user: { id: string; email: string } }) {
  const [t, pendingAddress] = await Promise.all([getTranslations("security"), findPendingAddress(user)]);
  return (
    <section className="with-margin mt-14" aria-labelledby="address">
      <h2 id="address" className="text-20 lg:text-17">
        {t("addressTitle")}
      </h2>
      <div className="max-w-[26rem]">
        <p className="mt-1 text-muted lg:mt-0.5">{t("addressText", { email: user.email })}</p>
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
        <Form action={changeAddressAction}>
          <Field name="email" type="email" label={t("newAddress")} autoComplete="email" />
          <SubmitButton working={t("changingAddress")} className="button mt-7 w-full sm:w-auto">
            {t("changeAddress")}
          </SubmitButton>
        </Form>
      </div>
    </section>
  );
}
