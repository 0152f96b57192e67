import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AreaPage } from "../_components/layout/area-page";

const pages = [
  { name: "overview", path: "/admin" },
  { name: "people", path: "/admin/people" },
  { name: "articles", path: "/admin/articles" },
  { name: "invitations", path: "/admin/invitations" },
  { name: "log", path: "/admin/audit-log" },
] as const;

type PageName = (typeof pages)[number]["name"];

/** A page of the admin area: the navigation, the title and the content. */
export async function AdminPage({
  page,
  ...content
}: {
  page: PageName;
  title: ReactNode;
  after?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("admin");
  return (
    <AreaPage
      navigation={t("title")}
      pages={pages.map(({ name, path }) => ({ path, text: t(`pages.${name}`), isCurrent: name === page }))}
      {...content}
    />
  );
}

/** @returns the `generateMetadata` of a list in the admin area and of its detail pages. */
export function adminMetadata(page: Exclude<PageName, "overview">): () => Promise<Metadata> {
  return async () => {
    const t = await getTranslations("admin");
    return { title: t(`pages.${page}`), description: t(`${page}.description`), robots: { index: false } };
  };
}
