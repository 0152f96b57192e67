import { getTranslations } from "next-intl/server";
import { Select } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import { roles, type User } from "@/lib/users/contract";
import { changeRoleAction } from "../actions";
import { targetOf } from "./target-of";

/** Changes the role of a user. */
export async function RoleForm({ user }: { user: User }) {
  const [t, roleNames] = await Promise.all([getTranslations("admin.person"), getTranslations("me.roles")]);
  return (
    <Section id="role-title" title={t("roleTitle")}>
      <Form
        action={changeRoleAction}
        values={user.role ? { role: user.role } : {}}
        hidden={targetOf(user)}
        className="max-w-[26rem]"
      >
        <Select
          name="role"
          label={t("role")}
          help={t("roleHelp")}
          options={roles.map((role) => ({ value: role, text: roleNames(role) }))}
          className="mt-3"
        />
        <SubmitButton working={t("saving")} className="button mt-4 w-full sm:w-auto">
          {t("changeRole")}
        </SubmitButton>
      </Form>
    </Section>
  );
}
