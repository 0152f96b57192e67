import { getTranslations } from "next-intl/server";
import { env } from "@/lib/config/env";
import { Field } from "./field";

/** A field for a new password. Its help shows the rules of the policy before a user breaks one. */
export async function NewPasswordField({ name, label }: { name: string; label: string }) {
  return (
    <Field
      name={name}
      type="password"
      label={label}
      help={await passwordHelp()}
      autoComplete="new-password"
    />
  );
}

async function passwordHelp(): Promise<string> {
  const t = await getTranslations("signUp");
  const policy = env();
  return [
    t("passwordMinimum", { minimum: policy.PASSWORD_MIN_LENGTH }),
    policy.PASSWORD_REQUIRE_UPPERCASE && t("passwordUppercase"),
    policy.PASSWORD_REQUIRE_LOWERCASE && t("passwordLowercase"),
    policy.PASSWORD_REQUIRE_NUMBER && t("passwordNumber"),
    policy.PASSWORD_REQUIRE_SPECIAL && t("passwordSpecial"),
  ]
    .filter(Boolean)
    .join(" ");
}
