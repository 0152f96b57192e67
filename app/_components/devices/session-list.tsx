import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { hidden } from "@/app/_components/ui/hidden-words";
import type { ListedSession } from "@/lib/auth/sessions/contract";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { nameDevice } from "./name-device";

type EndSession = {
  /** Ends a session. */
  action: FormActionFunction;
  /** The fields that tell the action which one. */
  fieldsOf: (sessionId: string) => Record<string, string>;
};

/** The sessions of a user, one per device, with a button to end each of them but the current one. */
export function SessionList({ sessions, ...end }: { sessions: ListedSession[] } & EndSession) {
  return (
    <ul className="mt-6 border-t border-rule">
      {sessions.map((session) => (
        <Session key={session.id} session={session} {...end} />
      ))}
    </ul>
  );
}

async function Session({ session, action, fieldsOf }: { session: ListedSession } & EndSession) {
  const [t, format, now] = await Promise.all([getTranslations("sessions"), getFormatter(), getNow()]);
  const { id, userAgent, ipAddress, lastActivityAt, createdAt, current } = session;
  const device = await nameDevice(userAgent);
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 border-b border-rule py-2">
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
        <Form action={action} hidden={fieldsOf(id)}>
          <SubmitButton working={t("ending")} className="target link">
            {t.rich("end", { device, hidden })}
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}
