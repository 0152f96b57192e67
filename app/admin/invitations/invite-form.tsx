import { getTranslations } from "next-intl/server";
import { Field, Select } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import { maxNameLength } from "@/lib/core/fields";
import { roles } from "@/lib/users/contract";
import { inviteAction } from "./actions";

/** The form that invites a user. */
export async function InviteForm() {
  const [t, roleNames] = await Promise.all([
    getTranslations("admin.invitations"),
    getTranslations("me.roles"),
  ]);
  return (
    <Section id="invite" title={t("inviteTitle")} className="mt-8">
      <Form action={inviteAction} values={{ role: "user" }} className="max-w-[26rem]">
        <Field name="email" type="email" label={t("email")} autoComplete="off" />
        <Field
          name="name"
          label={t("name")}
          help={t("nameHelp")}
          optional
          maxLength={maxNameLength}
          autoComplete="off"
        />
        <Select
          name="role"
          label={t("role")}
          help={t("roleHelp")}
          options={roles.map((role) => ({ value: role, text: roleNames(role) }))}
        />
        <SubmitButton working={t("sending")}>{t("invite")}</SubmitButton>
      </Form>
    </Section>
  );
}
