import { getFormatter, getTranslations } from "next-intl/server";
import { EmailAddress } from "@/app/_components/ui/email-address";
import { Facts } from "@/app/_components/ui/facts";
import { Link } from "@/app/_components/ui/link";
import type { User } from "@/lib/users/contract";

/** The account data of a user, with links to their pages. */
export async function PersonFacts({ user }: { user: User }) {
  const [t, me, secondFactor, format] = await Promise.all([
    getTranslations("admin.person"),
    getTranslations("me"),
    getTranslations("secondFactor"),
    getFormatter(),
  ]);
  const { id, mfaEnabled, role, banned, createdAt } = user;
  const links = [
    { href: `/users/${id}`, text: t("profile") },
    { href: `/admin/articles?author=${encodeURIComponent(id)}`, text: t("articles") },
    { href: `/admin/audit-log?targetId=${encodeURIComponent(id)}`, text: t("log") },
  ] as const;
  return (
    <>
      <Facts
        facts={[
          { label: me("email"), value: <EmailAddress user={user} /> },
          { label: me("role"), value: role && me(`roles.${role}`) },
          {
            label: t("state"),
            value: banned ? <span className="text-accent">{t("banned")}</span> : t("active"),
          },
          { label: secondFactor("title"), value: secondFactor(mfaEnabled ? "on" : "off") },
          { label: me("since"), value: format.dateTime(createdAt, { dateStyle: "long" }) },
        ]}
      />
      <p className="mt-2 flex flex-wrap gap-x-6">
        {links.map(({ href, text }) => (
          <Link key={href} href={href} className="target link">
            {text}
          </Link>
        ))}
      </p>
    </>
  );
}
