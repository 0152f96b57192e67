import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PaginationLinks } from "@/app/_components/articles/pagination-links";
import { SessionList } from "@/app/_components/devices/session-list";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Notice } from "@/app/_components/ui/notice";
import { listSessionsContract } from "@/lib/auth/sessions/contract";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { redirectToLastPage } from "@/lib/web/paths/list-page";
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
  redirectToLastPage("/me/sessions", pagination);
  return (
    <SettingsPage
      page="sessions"
      title={t("title")}
      after={<PaginationLinks path="/me/sessions" pagination={pagination} />}
    >
      {ended === "one" && <Notice>{t("ended")}</Notice>}
      {ended === "others" && <Notice>{t("othersEnded")}</Notice>}
      <p className="mt-3 max-w-[36rem] text-muted">{t("text")}</p>
      <SessionList sessions={items} action={endSessionAction} fieldsOf={(id) => ({ id })} />
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
