import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { invitationQuery, invitationStatuses } from "@/lib/auth/invitations/contract";
import { listInvitations } from "@/lib/auth/invitations/invitations";
import { AdminPage } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { requireAdminOr404 } from "../require-admin-or-404";
import { InvitationEntry } from "./invitation-entry";
import { InviteForm } from "./invite-form";

type Props = PageProps<"/admin/invitations">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return {
    title: t("pages.invitations"),
    description: t("invitations.description"),
    robots: { index: false },
  };
}

/** The form that invites a person, and every invitation with its status. */
export default async function InvitationsPage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { page, status, done } = await searchParams;
  const given = filledIn({ status });
  const query = invitationQuery.safeParse({ ...given, page });
  if (!query.success) notFound();

  const [{ items, pagination }, t] = await Promise.all([
    listInvitations(query.data, actorOf(admin)),
    getTranslations("admin"),
  ]);
  if (items.length === 0 && query.data.page > 1) notFound();
  return (
    <AdminPage
      page="invitations"
      title={t("pages.invitations")}
      after={<PaginationLinks path="/admin/invitations" query={given} pagination={pagination} />}
    >
      {(done === "invited" || done === "revoked") && <Notice>{t(`invitations.done.${done}`)}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">
        {t(isRegistrationOpen() ? "invitations.textOpen" : "invitations.text")}
      </p>
      <InviteForm />
      <h2 className="mt-14 text-20">{t("invitations.listTitle")}</h2>
      {items.length === 0 && !given.status ? (
        <p className="mt-3 text-muted">{t("invitations.empty")}</p>
      ) : (
        <>
          <FilterForm
            choices={[
              {
                name: "status",
                label: t("invitations.status"),
                value: given.status ?? "",
                options: [
                  { value: "", text: t("invitations.anyStatus") },
                  ...invitationStatuses.map((value) => ({ value, text: t(`invitations.statuses.${value}`) })),
                ],
              },
            ]}
            button={t("filter")}
          />
          <p role="status" className="mt-8 text-muted">
            {t("invitations.found", { total: pagination.total })}
          </p>
          <ul className="mt-3 border-t border-rule">
            {items.map((invitation) => (
              <li key={invitation.id} className="border-b border-rule py-2">
                <InvitationEntry invitation={invitation} />
              </li>
            ))}
          </ul>
        </>
      )}
    </AdminPage>
  );
}
