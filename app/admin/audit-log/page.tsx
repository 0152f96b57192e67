import { getFormatter, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { type AuditAction, auditActions, auditLogQuery } from "@/lib/audit/contract";
import { listAuditLog, type NamedAuditEntry } from "@/lib/audit/list-audit-log";
import { languageOf } from "@/lib/i18n/language-of";
import { moment } from "@/lib/i18n/moment";
import { roles } from "@/lib/users/contract";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
import { readQuery } from "@/lib/web/read-list-query";
import { AdminPage, adminMetadata } from "../admin-page";
import { FilterForm, filledIn } from "../filter-form";
import { requireAdminOr404 } from "../require-admin-or-404";

type Props = PageProps<"/admin/audit-log">;

/** The message key of each action. */
const messageKeys = {
  "user.role-changed": "roleChanged",
  "user.banned": "banned",
  "user.mfa-disabled": "mfaDisabled",
  "user.unbanned": "unbanned",
  "user.profile-changed": "profileChanged",
  "user.sessions-ended": "sessionsEnded",
  "user.deleted": "deleted",
  "article.changed": "articleChanged",
  "article.taken-back": "articleUnpublished",
  "article.deleted": "articleDeleted",
  "invitation.created": "invited",
  "invitation.revoked": "invitationRevoked",
} as const satisfies Record<AuditAction, string>;

export const generateMetadata = adminMetadata("log");

/** The actions of admins, newest first. */
export default async function AuditLogPage({ searchParams }: Props) {
  const admin = await requireAdminOr404();
  const { page, action, actorId, targetId } = await searchParams;
  const given = filledIn({ action, actorId, targetId });
  const query = readQuery(auditLogQuery, { ...given, page });
  const [{ items, pagination }, t] = await Promise.all([
    listAuditLog(query, actorOf(admin)),
    getTranslations("admin"),
  ]);
  redirectToLastPage("/admin/audit-log", pagination, given);
  return (
    <AdminPage
      page="log"
      title={t("pages.log")}
      after={<PaginationLinks path="/admin/audit-log" query={given} pagination={pagination} />}
    >
      <p className="mt-3 max-w-[36rem] text-muted">{t("log.description")}</p>
      <FilterForm
        choices={[
          {
            name: "action",
            label: t("log.action"),
            value: given.action,
            any: t("log.anyAction"),
            options: auditActions.map((value) => ({ value, text: t(`log.names.${messageKeys[value]}`) })),
          },
        ]}
      >
        {given.actorId && <input type="hidden" name="actorId" value={given.actorId} />}
        {given.targetId && <input type="hidden" name="targetId" value={given.targetId} />}
      </FilterForm>
      {(given.actorId || given.targetId) && (
        <p className="mt-4">
          {t("log.narrowed")}{" "}
          <Link href="/admin/audit-log" className="target link">
            {t("log.showAll")}
          </Link>
        </p>
      )}
      {items.length === 0 ? (
        <p className="mt-8 border-t border-rule pt-6 text-muted">{t("log.empty")}</p>
      ) : (
        <ol className="mt-8 border-t border-rule">
          {items.map((entry) => (
            <li key={entry.id} className="border-b border-rule py-3">
              <Entry entry={entry} />
            </li>
          ))}
        </ol>
      )}
    </AdminPage>
  );
}

async function Entry({ entry }: { entry: NamedAuditEntry }) {
  const [t, format] = await Promise.all([getTranslations("admin.log"), getFormatter()]);
  const { details, createdAt } = entry;
  return (
    <>
      <p className="text-13 text-muted tabular-nums">
        <time dateTime={createdAt.toISOString()}>
          {format.dateTime(createdAt, { ...moment, timeStyle: "medium" })}
        </time>
      </p>
      <p className="min-w-0 break-words">
        <AdminName entry={entry} /> <Sentence entry={entry} />
      </p>
      {details.reason && (
        <p className="mt-1 break-words whitespace-pre-line text-muted">
          {t("reason", { reason: textOf(details.reason) })}
        </p>
      )}
    </>
  );
}

async function AdminName({ entry: { actorId, actorName } }: { entry: NamedAuditEntry }) {
  const t = await getTranslations("admin.log");
  if (actorId === null) return <span className="font-semibold">{t("server")}</span>;
  return (
    <Link
      href={`/admin/audit-log?actorId=${encodeURIComponent(actorId)}`}
      title={t("onlyBy", { name: actorName ?? t("gone") })}
      className="link font-semibold"
    >
      {actorName ?? t("gone")}
    </Link>
  );
}

async function Sentence({ entry: { action, targetType, targetId, details } }: { entry: NamedAuditEntry }) {
  const [t, roleNames] = await Promise.all([getTranslations("admin.log"), getTranslations("me.roles")]);
  const roleName = (value: string) => {
    const role = roles.find((name) => name === value);
    return role ? roleNames(role) : value;
  };
  const id = encodeURIComponent(targetId);
  const isDeleted = action === "user.deleted";
  return t.rich(`sentences.${messageKeys[action]}`, {
    name: textOf(details.name ?? details.title ?? details.email) || targetId,
    fields: textOf(details.fields),
    from: roleName(textOf(details.from)),
    to: roleName(textOf(details.to)),
    role: roleName(textOf(details.role)),
    target: (name: ReactNode) =>
      isDeleted ? (
        <b>{name}</b>
      ) : (
        <Link
          href={targetType === "user" ? `/admin/people/${id}` : `/admin/audit-log?targetId=${id}`}
          lang={details.title && languageOf(textOf(details.title))}
          className="link font-semibold"
        >
          {name}
        </Link>
      ),
  });
}

function textOf(detail: string | string[] | undefined): string {
  return Array.isArray(detail) ? detail.join(", ") : (detail ?? "");
}
