import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import type { User } from "@/lib/users/contract";
import { removeSecondFactorAction } from "../actions";
import { targetOf } from "./target-of";

/** Removes the second factor of a user who lost their phone and backup codes. */
export async function SecondFactorForm({ user }: { user: User }) {
  const t = await getTranslations("admin.person");
  return (
    <Section id="second-factor-title" title={t("secondFactorTitle")}>
      <Form action={removeSecondFactorAction} hidden={targetOf(user)} className="mt-3">
        <p className="max-w-[36rem] text-muted">{t("secondFactorHelp")}</p>
        <SubmitButton working={t("saving")} className="button button-accent mt-4 w-full sm:w-auto">
          {t("removeSecondFactor")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
