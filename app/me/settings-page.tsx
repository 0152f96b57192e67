import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { AreaPage } from "../_components/layout/area-page";

/** The settings pages, in navigation order. */
const pages = [
  { name: "overview", path: "/me" },
  { name: "profile", path: "/me/profile" },
  { name: "security", path: "/me/security" },
  { name: "password", path: "/me/password" },
  { name: "address", path: "/me/address" },
  { name: "methods", path: "/me/sign-in-methods" }, // part: social-sign-in
  { name: "secondFactor", path: "/me/second-factor" },
  { name: "sessions", path: "/me/sessions" },
  { name: "data", path: "/me/data" },
] as const;

/** A settings page: the navigation, the title and the content. */
export async function SettingsPage({
  page,
  ...content
}: {
  page: (typeof pages)[number]["name"];
  title: string;
  after?: ReactNode;
  children: ReactNode;
}) {
  const t = await getTranslations("settings");
  return (
    <AreaPage
      navigation={t("navigation")}
      pages={pages.map(({ name, path }) => ({ path, text: t(name), isCurrent: name === page }))}
      {...content}
    />
  );
}
