import type { Metadata } from "next";
import { getFormatter, getMessages, getTranslations } from "next-intl/server";
import { FactLink, Facts } from "@/app/_components/ui/facts";
import { Link } from "@/app/_components/ui/link";
import { isWriter } from "@/lib/access/changeable-by";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { EmailAddress } from "../_components/ui/email-address";
import { UnverifiedBanner } from "../(auth)/unverified-banner";
import { SettingsPage } from "./settings-page";
import { SignOutForm } from "./sign-out-form";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("me");
  return { title: t("title"), description: t("description") };
}

/** The overview of the account. */
export default async function MePage() {
  const user = await requireCurrentUser("/me");
  const [t, { me }, format, { pagination: devices }] = await Promise.all([
    getTranslations("me"),
    getMessages(),
    getFormatter(),
    listSessions({ page: 1, limit: 1 }, user),
  ]);
  const facts = [
    { label: t("page"), value: <FactLink href={`/users/${user.id}`}>{t("asOthersSee")}</FactLink> },
    { label: t("email"), value: <EmailAddress user={user} /> },
    {
      label: t("devices"),
      value: <FactLink href="/me/sessions">{t("signedIn", { total: devices.total })}</FactLink>,
    },
    { label: t("role"), value: t(`roles.${user.role}`) },
    { label: t("since"), value: format.dateTime(user.createdAt, { dateStyle: "long" }) },
  ];
  return (
    <SettingsPage page="overview" title={user.name}>
      <UnverifiedBanner user={user} />
      <Facts facts={facts} />
      <div className="mt-8 flex flex-wrap gap-3">
        <Link href="/articles" className="button button-ink">
          {t("articles")}
        </Link>
        {isWriter(user) && (
          <Link href="/articles/new" className="button">
            {t("write")}
          </Link>
        )}
        {user.role === "admin" && (
          <Link href="/admin" className="button">
            {t("admin")}
          </Link>
        )}
        <SignOutForm userId={user.id} messages={me.signOutForm} />
      </div>
    </SettingsPage>
  );
}
