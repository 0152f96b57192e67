import { getTranslations } from "next-intl/server";
import { signInMethods } from "@/lib/auth/social/contract";
import { listAccounts } from "@/lib/auth/social/linked-accounts";
import { providers, socialProviders } from "@/lib/social-providers/social-providers";
import { Fact } from "./fact";

/** The providers that are linked to the account of the user. */
export async function LinkedAccounts({ user }: { user: { id: string } }) {
  const [t, { items: accounts }] = await Promise.all([
    getTranslations("accountSecurity"),
    listAccounts({ page: 1, limit: signInMethods.length }, user),
  ]);
  const linked = socialProviders.filter((name) => accounts.some(({ provider }) => provider === name));
  return (
    <Fact name={t("methods")} link={{ href: "/me/sign-in-methods", words: "manage" }}>
      {linked.map((name) => providers[name].name).join(", ") || t("methodsNone")}
    </Fact>
  );
}
