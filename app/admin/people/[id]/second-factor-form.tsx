import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import type { User } from "@/lib/users/contract";
import { removeSecondFactorAction } from "../actions";
import { TargetFields } from "./target-fields";

/** Takes the second factor off an account whose owner lost their phone and backup codes. */
export async function SecondFactorForm({ user }: { user: User }) {
  const t = await getTranslations("admin.person");
  return (
    <section aria-labelledby="second-factor-title" className="mt-10">
      <h2 id="second-factor-title" className="text-20">
        {t("secondFactorTitle")}
      </h2>
      <Form action={removeSecondFactorAction} className="mt-3">
        <TargetFields user={user} />
        <p className="max-w-[36rem] text-muted">{t("secondFactorHelp")}</p>
        <SubmitButton working={t("saving")} className="button button-accent mt-4 w-full sm:w-auto">
          {t("removeSecondFactor")}
        </SubmitButton>
      </Form>
    </section>
  );
}
