import { getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { isRegistrationOpen } from "@/lib/auth/accounts/registration";
import { invitationQuery, invitationStatuses } from "@/lib/auth/invitations/contract";
import { listInvitations } from "@/lib/auth/invitations/invitations";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { readQuery } from "@/lib/web/read-list-query";
import { AdminPage, adminMetadata } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { FoundList } from "../found-list";
import { requireAdminOr404 } from "../require-admin-or-404";
import { InvitationEntry } from "./invitation-entry";
import { InviteForm } from "./invite-form";

type Props = PageProps<"/admin/invitations">;

export const generateMetadata = adminMetadata("invitations");

/** The form that invites a user, and every invitation with its status. */
export default async function InvitationsPage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { page, status, done } = await searchParams;
  const given = filledIn({ status });
  const query = readQuery(invitationQuery, { ...given, page });
  const [{ items, pagination }, t] = await Promise.all([
    listInvitations(query, actorOf(admin)),
    getTranslations("admin"),
  ]);
  redirectToLastPage("/admin/invitations", pagination, given);
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
                value: given.status,
                any: t("invitations.anyStatus"),
                options: invitationStatuses.map((value) => ({
                  value,
                  text: t(`invitations.statuses.${value}`),
                })),
              },
            ]}
          />
          <FoundList found={t("invitations.found", { total: pagination.total })} items={items}>
            {(invitation) => <InvitationEntry invitation={invitation} />}
          </FoundList>
        </>
      )}
    </AdminPage>
  );
}
