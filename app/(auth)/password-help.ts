import { getTranslations } from "next-intl/server";
import { env } from "@/lib/env";

/** @returns what the policy asks of a new password, to be said before one has broken it. */
export async function passwordHelp(): Promise<string> {
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
