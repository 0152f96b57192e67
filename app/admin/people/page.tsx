import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { roles, type User, userListQuery } from "@/lib/users/contract";
import { listUsers } from "@/lib/users/list-users";
import { AdminPage } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { requireAdminOr404 } from "../require-admin-or-404";

type Props = PageProps<"/admin/people">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("pages.people"), description: t("people.description"), robots: { index: false } };
}

/** Every account, to search and to open. */
export default async function PeoplePage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { page, search, role, banned } = await searchParams;
  const given = filledIn({ search, role, banned });
  const query = userListQuery.safeParse({ ...given, page });
  if (!query.success) notFound();

  const [{ items, pagination }, t, roleNames] = await Promise.all([
    listUsers(query.data, actorOf(admin)),
    getTranslations("admin"),
    getTranslations("me.roles"),
  ]);
  if (items.length === 0 && query.data.page > 1) notFound();
  return (
    <AdminPage
      page="people"
      title={t("pages.people")}
      after={<PaginationLinks path="/admin/people" query={given} pagination={pagination} />}
    >
      <FilterForm
        search={{ label: t("people.search"), value: given.search ?? "" }}
        choices={[
          {
            name: "role",
            label: t("people.role"),
            value: given.role ?? "",
            options: [
              { value: "", text: t("people.any") },
              ...roles.map((value) => ({ value, text: roleNames(value) })),
            ],
          },
          {
            name: "banned",
            label: t("people.state"),
            value: given.banned ?? "",
            options: [
              { value: "", text: t("people.any") },
              { value: "true", text: t("people.banned") },
              { value: "false", text: t("people.notBanned") },
            ],
          },
        ]}
        button={t("filter")}
      />
      <p role="status" className="mt-8 text-muted">
        {t("people.found", { total: pagination.total })}
      </p>
      <ul className="mt-3 border-t border-rule">
        {items.map((user) => (
          <li key={user.id} className="border-b border-rule py-2">
            <Person user={user} />
          </li>
        ))}
      </ul>
    </AdminPage>
  );
}

async function Person({ user }: { user: User }) {
  const [t, roleNames, format] = await Promise.all([
    getTranslations("admin"),
    getTranslations("me.roles"),
    getFormatter(),
  ]);
  const { id, name, email, role, banned, createdAt } = user;
  return (
    <>
      <p className="flex flex-wrap items-center gap-x-3">
        <Link href={`/admin/people/${id}`} className="target link min-w-0 break-words font-semibold">
          {name}
        </Link>
        {banned && <span className="text-accent">{t("people.banned")}</span>}
        {role && role !== "user" && <span className="text-muted">{roleNames(role)}</span>}
      </p>
      <p className="pb-2 text-13 break-all text-muted">
        {email}
        {"\u00a0· "}
        {t("people.since", { date: format.dateTime(createdAt, { dateStyle: "medium" }) })}
      </p>
    </>
  );
}
