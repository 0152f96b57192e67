import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { hidden } from "@/app/_components/ui/hidden-words";
import { nameDevice } from "@/app/_components/ui/name-device";
import { Notice } from "@/app/_components/ui/notice";
import { type ListedSession, listSessionsContract } from "@/lib/auth/sessions/contract";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { readQuery } from "@/lib/web/read-list-query";
import { requireCurrentUser } from "@/lib/web/session/browser-session";
import { endOtherSessionsAction, endSessionAction } from "../actions";
import { SettingsPage } from "../settings-page";

type Props = PageProps<"/me/sessions">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("sessions");
  return { title: t("title"), description: t("text") };
}

/** The sessions of the user, one per device. */
export default async function SessionsPage({ searchParams }: Props) {
  const user = await requireCurrentUser("/me/sessions");
  const [{ page, ended }, t] = await Promise.all([searchParams, getTranslations("sessions")]);
  const query = readQuery(listSessionsContract.query, { page });
  const { items, pagination } = await listSessions(query, user);
  if (items.length === 0 && query.page > 1) notFound();
  return (
    <SettingsPage
      page="sessions"
      title={t("title")}
      after={<PaginationLinks path="/me/sessions" pagination={pagination} />}
    >
      {ended === "one" && <Notice>{t("ended")}</Notice>}
      {ended === "others" && <Notice>{t("othersEnded")}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">{t("text")}</p>
      <ul className="mt-6 border-t border-rule">
        {items.map((session) => (
          <li
            key={session.id}
            className="flex flex-wrap items-center justify-between gap-x-6 border-b border-rule py-2"
          >
            <Session session={session} />
          </li>
        ))}
      </ul>
      {pagination.total > 1 && (
        <Form action={endOtherSessionsAction} className="mt-6">
          <SubmitButton working={t("ending")} className="button w-full sm:w-auto">
            {t("endOthers")}
          </SubmitButton>
        </Form>
      )}
      <p className="mt-8 max-w-[36rem] text-13 text-muted">{t("place")}</p>
    </SettingsPage>
  );
}

async function Session({ session }: { session: ListedSession }) {
  const [t, format, now] = await Promise.all([getTranslations("sessions"), getFormatter(), getNow()]);
  const { id, userAgent, ipAddress, lastActivityAt, createdAt, current } = session;
  const device = await nameDevice(userAgent);
  return (
    <>
      <div className="min-w-0 py-2">
        <p className="font-semibold">
          {device} {current && <span className="ml-1 font-normal text-accent">{t("current")}</span>}
        </p>
        <p className="text-13 text-muted tabular-nums">
          {current ? t("active") : t("lastActive", { when: format.relativeTime(lastActivityAt, now) })}
          {"\u00a0· "}
          {t("since", { date: format.dateTime(createdAt, { dateStyle: "medium" }) })}
          {ipAddress && `\u00a0· ${ipAddress}`}
        </p>
      </div>
      {!current && (
        <Form action={endSessionAction}>
          <input type="hidden" name="id" value={id} />
          <SubmitButton working={t("ending")} className="target link">
            {t.rich("end", { device, hidden })}
          </SubmitButton>
        </Form>
      )}
    </>
  );
}
