import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getNow, getTranslations } from "next-intl/server";
import { Select, TextArea } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { Notice } from "@/app/_components/ui/notice";
import { actorOf } from "@/lib/access/actor";
import { type ListedSession, listSessionsContract } from "@/lib/auth/sessions/contract";
import { listSessions } from "@/lib/auth/sessions/list-sessions";
import { AppError } from "@/lib/core/errors";
import { roles, type User } from "@/lib/users/contract";
import { getUser } from "@/lib/users/get-user";
import { decodeSegment } from "@/lib/web/decode-segment";
import type { SearchParams } from "@/lib/web/read-list-query";
import { AdminPage } from "../../admin-page";
import { Facts } from "../../facts";
import { requireAdminOr404 } from "../../require-admin-or-404";
import { banAction, changeRoleAction, endUserSessionsAction, unbanAction } from "../actions";
import { SecondFactorForm } from "./second-factor-form";

type Props = { params: Promise<{ id: string }>; searchParams: SearchParams };

const deeds = ["role", "banned", "unbanned", "secondFactor", "sessions"] as const;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("admin");
  return { title: t("pages.people"), description: t("people.description"), robots: { index: false } };
}

/** One account: what an admin knows of it, and what they can do. */
export default async function AdminPersonPage({ params, searchParams }: Props) {
  const admin = await requireAdminOr404();
  const [{ id }, { done, page }] = await Promise.all([params, searchParams]);
  const query = listSessionsContract.query.safeParse({ page, limit: "100" });
  if (!query.success) notFound();
  const user = await getUser(decodeSegment(id), actorOf(admin)).catch(notFoundInstead);
  const [sessions, t] = await Promise.all([
    listSessions(query.data, { id: user.id }),
    getTranslations("admin.person"),
  ]);
  const deed = deeds.find((one) => one === done);
  return (
    <AdminPage page="people" title={user.name}>
      {deed && <Notice>{t(`done.${deed}`)}</Notice>}
      <PersonFacts user={user} />
      {user.id === admin.id ? (
        <p className="mt-8 max-w-[36rem] text-muted">{t("own")}</p>
      ) : (
        <>
          <RoleForm user={user} />
          <BanForm user={user} />
          {user.mfaEnabled && <SecondFactorForm user={user} />}
          <Sessions userId={user.id} sessions={sessions.items} />
        </>
      )}
    </AdminPage>
  );
}

async function PersonFacts({ user }: { user: User }) {
  const [t, me, secondFactor, format] = await Promise.all([
    getTranslations("admin.person"),
    getTranslations("me"),
    getTranslations("secondFactor"),
    getFormatter(),
  ]);
  const { id, email, emailVerified, mfaEnabled, role, banned, createdAt } = user;
  const links = [
    { href: `/users/${id}`, text: t("profile") },
    { href: `/admin/articles?author=${encodeURIComponent(id)}`, text: t("articles") },
    { href: `/admin/audit-log?targetId=${encodeURIComponent(id)}`, text: t("log") },
  ];
  return (
    <>
      <Facts
        facts={[
          {
            label: me("email"),
            value: (
              <>
                {email}{" "}
                <span className="text-13 text-muted">{me(emailVerified ? "verified" : "unverified")}</span>
              </>
            ),
          },
          { label: me("role"), value: role && me(`roles.${role}`) },
          {
            label: t("state"),
            value: banned ? <span className="text-accent">{t("banned")}</span> : t("active"),
          },
          { label: secondFactor("title"), value: secondFactor(mfaEnabled ? "on" : "off") },
          { label: me("since"), value: format.dateTime(createdAt, { dateStyle: "long" }) },
        ]}
      />
      <p className="mt-2 flex flex-wrap gap-x-6">
        {links.map(({ href, text }) => (
          <Link key={href} href={href} className="target link">
            {text}
          </Link>
        ))}
      </p>
    </>
  );
}

/** Includes the version that the admin sees, so that a change made meanwhile is not overwritten. */
function Target({ user }: { user: User }) {
  return (
    <>
      <input type="hidden" name="userId" value={user.id} />
      <input type="hidden" name="updatedAt" value={user.updatedAt?.toISOString()} />
    </>
  );
}

async function RoleForm({ user }: { user: User }) {
  const [t, roleNames] = await Promise.all([getTranslations("admin.person"), getTranslations("me.roles")]);
  return (
    <section aria-labelledby="role-title" className="mt-10">
      <h2 id="role-title" className="text-20">
        {t("roleTitle")}
      </h2>
      <Form action={changeRoleAction} values={user.role ? { role: user.role } : {}} className="max-w-[26rem]">
        <Target user={user} />
        <Select
          name="role"
          label={t("role")}
          help={t("roleHelp")}
          options={roles.map((role) => ({ value: role, text: roleNames(role) }))}
          className="mt-3"
        />
        <SubmitButton working={t("saving")} className="button mt-4 w-full sm:w-auto">
          {t("changeRole")}
        </SubmitButton>
      </Form>
    </section>
  );
}

async function BanForm({ user }: { user: User }) {
  const t = await getTranslations("admin.person");
  return (
    <section aria-labelledby="ban-title" className="mt-10">
      <h2 id="ban-title" className="text-20">
        {t("banTitle")}
      </h2>
      {user.banned ? (
        <Form action={unbanAction} className="mt-3">
          <Target user={user} />
          <p className="max-w-[36rem] text-muted">{t("unbanHelp")}</p>
          <SubmitButton working={t("saving")} className="button mt-4 w-full sm:w-auto">
            {t("unban")}
          </SubmitButton>
        </Form>
      ) : (
        <Form action={banAction} className="max-w-[26rem]">
          <Target user={user} />
          <TextArea name="reason" label={t("reason")} help={t("banHelp")} rows={3} className="mt-3" />
          <SubmitButton working={t("saving")} className="button button-accent mt-4 w-full sm:w-auto">
            {t("ban")}
          </SubmitButton>
        </Form>
      )}
    </section>
  );
}

async function Sessions({ userId, sessions }: { userId: string; sessions: ListedSession[] }) {
  const t = await getTranslations("admin.person");
  return (
    <section aria-labelledby="sessions-title" className="mt-10">
      <h2 id="sessions-title" className="text-20">
        {t("sessionsTitle")}
      </h2>
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
    </section>
  );
}

async function Session({ session, userId }: { session: ListedSession; userId: string }) {
  const [t, sessionWords, format, now] = await Promise.all([
    getTranslations("admin.person"),
    getTranslations("sessions"),
    getFormatter(),
    getNow(),
  ]);
  const { id, deviceInfo, ipAddress, lastActivityAt } = session;
  const device = deviceInfo ?? sessionWords("unknownDevice");
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
          {sessionWords.rich("end", {
            device,
            hidden: (words) => <span className="sr-only">{words}</span>,
          })}
        </SubmitButton>
      </Form>
    </>
  );
}

function notFoundInstead(error: unknown): never {
  if (error instanceof AppError && error.code === "user/not-found") notFound();
  throw error;
}
