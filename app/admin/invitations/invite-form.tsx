import { getTranslations } from "next-intl/server";
import { Field, Select } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { maxNameLength } from "@/lib/core/fields";
import { roles } from "@/lib/users/contract";
import { inviteAction } from "./actions";

/** The form that invites a person. */
export async function InviteForm() {
  const [t, roleNames] = await Promise.all([
    getTranslations("admin.invitations"),
    getTranslations("me.roles"),
  ]);
  return (
    <section aria-labelledby="invite" className="mt-8">
      <h2 id="invite" className="text-20">
        {t("inviteTitle")}
      </h2>
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
        <SubmitButton working={t("sending")} className="button button-ink mt-7 w-full sm:w-auto">
          {t("invite")}
        </SubmitButton>
      </Form>
    </section>
  );
}
