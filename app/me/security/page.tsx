import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/_components/ui/notice";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { SettingsPage } from "../settings-page";
import { PasskeyList } from "./passkey-list";
import { SecurityFacts } from "./security-facts";

type Props = PageProps<"/me/security">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accountSecurity");
  return { title: t("title"), description: t("description") };
}

/** An overview of the sign-in methods and sessions of an account. */
export default async function SecurityPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/security");
  const [{ passkey }, t, passkeys] = await Promise.all([
    searchParams,
    getTranslations("accountSecurity"),
    getTranslations("passkeys"),
  ]);
  const change = (["added", "renamed", "removed"] as const).find((name) => name === passkey);
  return (
    <SettingsPage page="security" title={t("title")}>
      {change && <Notice>{passkeys(change)}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">{t("text")}</p>
      <SecurityFacts user={user} />
      <PasskeyList user={user} />
    </SettingsPage>
  );
}
