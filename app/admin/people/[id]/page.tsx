import { getTranslations } from "next-intl/server";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { listSessionsContract } from "@/lib/auth/sessions/contract";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { getUser } from "@/lib/users/get-user";
import { notFoundInstead } from "@/lib/web/not-found-instead";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { readQuery } from "@/lib/web/read-list-query";
import { AdminPage, adminMetadata } from "../../admin-page";
import { requireAdminOr404 } from "../../require-admin-or-404";
import { BanForm } from "./ban-form";
import { PersonFacts } from "./person-facts";
import { RoleForm } from "./role-form";
import { SecondFactorForm } from "./second-factor-form";
import { UserSessions } from "./user-sessions";

type Props = PageProps<"/admin/people/[id]">;

/** The outcomes that `?done=` can contain. */
const outcomes = ["role", "banned", "unbanned", "secondFactor", "sessions"] as const;

export const generateMetadata = adminMetadata("people");

/** An account in the admin area: its data, role, ban and sessions. */
export default async function AdminPersonPage({ params, searchParams }: Props) {
  const admin = await requireAdminOr404();
  const [{ id }, { done, page }] = await Promise.all([params, searchParams]);
  const query = readQuery(listSessionsContract.query, { page, limit: "100" });
  const user = await getUser(decodeSegment(id), actorOf(admin)).catch(notFoundInstead);
  const [sessions, t] = await Promise.all([
    listSessions(query, { id: user.id }),
    getTranslations("admin.person"),
  ]);
  const outcome = outcomes.find((name) => name === done);
  return (
    <AdminPage page="people" title={user.name}>
      {outcome && <Notice>{t(`done.${outcome}`)}</Notice>}
      <PersonFacts user={user} />
      {user.id === admin.id ? (
        <p className="mt-8 max-w-[36rem] text-muted">{t("own")}</p>
      ) : (
        <>
          <RoleForm user={user} />
          <BanForm user={user} />
          {user.mfaEnabled && <SecondFactorForm user={user} />}
          <UserSessions userId={user.id} sessions={sessions.items} />
        </>
      )}
    </AdminPage>
  );
}
