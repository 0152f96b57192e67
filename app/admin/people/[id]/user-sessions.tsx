import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { hidden } from "@/app/_components/ui/hidden-words";
import { nameDevice } from "@/app/_components/ui/name-device";
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
          <ul className="mt-3 border-t border-rule">
            {sessions.map((session) => (
              <li
                key={session.id}
                className="flex flex-wrap items-center justify-between gap-x-6 border-b border-rule py-2"
              >
                <Session session={session} userId={userId} />
              </li>
            ))}
          </ul>
          <Form action={endUserSessionsAction} className="mt-4">
            <input type="hidden" name="userId" value={userId} />
            <SubmitButton working={t("saving")} className="button w-full sm:w-auto">
              {t("endAll")}
            </SubmitButton>
          </Form>
        </>
      )}
    </Section>
  );
}

async function Session({ session, userId }: { session: ListedSession; userId: string }) {
  const [t, sessionWords, format, now] = await Promise.all([
    getTranslations("admin.person"),
    getTranslations("sessions"),
    getFormatter(),
    getNow(),
  ]);
  const { id, userAgent, ipAddress, lastActivityAt } = session;
  const device = await nameDevice(userAgent);
  return (
    <>
      <p className="min-w-0 py-2">
        {device}
        <span className="block text-13 text-muted tabular-nums">
          {sessionWords("lastActive", { when: format.relativeTime(lastActivityAt, now) })}
          {ipAddress && `\u00a0· ${ipAddress}`}
        </span>
      </p>
      <Form action={endUserSessionsAction}>
        <input type="hidden" name="userId" value={userId} />
        <input type="hidden" name="sessionId" value={id} />
        <SubmitButton working={t("saving")} className="target link">
          {sessionWords.rich("end", { device, hidden })}
        </SubmitButton>
      </Form>
    </>
  );
}
