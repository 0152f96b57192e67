import { getTranslations } from "next-intl/server";
import { TextArea } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import type { User } from "@/lib/users/contract";
import { banAction, unbanAction } from "../actions";
import { targetOf } from "./target-of";

/** Bans a user, or lifts the ban. */
export async function BanForm({ user }: { user: User }) {
  const t = await getTranslations("admin.person");
  return (
    <Section id="ban-title" title={t("banTitle")}>
      {user.banned ? (
        <Form action={unbanAction} hidden={targetOf(user)} className="mt-3">
          <p className="max-w-[36rem] text-muted">{t("unbanHelp")}</p>
          <SubmitButton working={t("saving")} className="button mt-4 w-full sm:w-auto">
            {t("unban")}
          </SubmitButton>
        </Form>
      ) : (
        <Form action={banAction} hidden={targetOf(user)} className="max-w-[26rem]">
          <TextArea name="reason" label={t("reason")} help={t("banHelp")} rows={3} className="mt-3" />
          <SubmitButton working={t("saving")} className="button button-accent mt-4 w-full sm:w-auto">
            {t("ban")}
          </SubmitButton>
        </Form>
      )}
    </Section>
  );
}
