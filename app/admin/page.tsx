import type { Metadata } from "next";
import { getFormatter, getTranslations } from "next-intl/server";
import { FactLink, Facts } from "@/app/_components/ui/facts";
import { actorOf } from "@/lib/access/actor";
import { getOverview } from "@/lib/admin/get-overview";
import { AdminPage } from "./admin-page";
import { requireAdminOr404 } from "./require-admin-or-404";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("title"), description: t("description"), robots: { index: false } };
}

/** The statistics of the blog. */
export default async function AdminOverviewPage() {
  const admin = await requireAdminOr404();
  const [overview, t, format] = await Promise.all([
    getOverview(actorOf(admin)),
    getTranslations("admin"),
    getFormatter(),
  ]);
  const { people, articles, mails, storageBytes } = overview;
  const megabytes = format.number(storageBytes / 1024 / 1024, { maximumFractionDigits: 1 });
  return (
    <AdminPage page="overview" title={t("title")}>
      <Facts
        facts={[
          {
            label: t("pages.people"),
            value: <FactLink href="/admin/people">{t("overview.people", people)}</FactLink>,
          },
          {
            label: t("pages.articles"),
            value: <FactLink href="/admin/articles">{t("overview.articles", articles)}</FactLink>,
          },
          { label: t("overview.mailsLabel"), value: t("overview.mails", mails) },
          { label: t("overview.storageLabel"), value: t("overview.storage", { megabytes }) },
        ]}
      />
    </AdminPage>
  );
}
