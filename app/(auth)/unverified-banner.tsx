import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { resendMyVerificationAction } from "./email-actions";

/** Reminds a user that their address is not confirmed, with a button that resends the link. */
export async function UnverifiedBanner({ user }: { user: { email: string; emailVerified: boolean } }) {
  if (user.emailVerified) return null;
  const t = await getTranslations("unverified");
  return (
    <div className="mt-6 flex flex-wrap items-center justify-between gap-x-4 border-y border-rule py-1">
      <p className="py-2">{t("text", { email: user.email })}</p>
      <Form action={resendMyVerificationAction}>
        <SubmitButton working={t("resending")} className="target link font-semibold">
          {t("resend")}
        </SubmitButton>
      </Form>
    </div>
  );
}
