import { getFormatter, getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { roles, type User, userListQuery } from "@/lib/users/contract";
import { listUsers } from "@/lib/users/list-users";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { readQuery } from "@/lib/web/read-list-query";
import { AdminPage, adminMetadata } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { FoundList } from "../found-list";
import { requireAdminOr404 } from "../require-admin-or-404";

type Props = PageProps<"/admin/people">;

export const generateMetadata = adminMetadata("people");

/** Every account, with a search and filters. */
export default async function PeoplePage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { page, search, role, banned } = await searchParams;
  const given = filledIn({ search, role, banned });
  const query = readQuery(userListQuery, { ...given, page });
  const [{ items, pagination }, t, roleNames] = await Promise.all([
    listUsers(query, actorOf(admin)),
    getTranslations("admin"),
    getTranslations("me.roles"),
  ]);
  redirectToLastPage("/admin/people", pagination, given);
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
            value: given.role,
            any: t("people.any"),
            options: roles.map((value) => ({ value, text: roleNames(value) })),
          },
          {
            name: "banned",
            label: t("people.state"),
            value: given.banned,
            any: t("people.any"),
            options: [
              { value: "true", text: t("people.banned") },
              { value: "false", text: t("people.notBanned") },
            ],
          },
        ]}
      />
      <FoundList found={t("people.found", { total: pagination.total })} items={items}>
        {(user) => <Person user={user} />}
      </FoundList>
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
