import { getTranslations } from "next-intl/server";
import { SessionList } from "@/app/_components/devices/session-list";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Section } from "@/app/_components/ui/section";
import type { ListedSession } from "@/lib/auth/sessions/contract";
import { endUserSessionsAction } from "../actions";

/** The sessions of a user, with buttons to end one or all of them. */
export async function UserSessions({ userId, sessions }: { userId: string; sessions: ListedSession[] }) {
  const t = await getTranslations("admin.person");
  return (
    <Section id="sessions-title" title={t("sessionsTitle")}>
      {sessions.length === 0 ? (
        <p className="mt-3 text-muted">{t("noSessions")}</p>
      ) : (
        <>
          <SessionList
            sessions={sessions}
            action={endUserSessionsAction}
            fieldsOf={(sessionId) => ({ userId, sessionId })}
          />
          <Form action={endUserSessionsAction} hidden={{ userId }} className="mt-4">
            <SubmitButton working={t("saving")} className="button w-full sm:w-auto">
              {t("endAll")}
            </SubmitButton>
          </Form>
        </>
      )}
    </Section>
  );
}
