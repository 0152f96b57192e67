import { getFormatter, getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { hidden } from "@/app/_components/ui/hidden-words";
import type { Invitation } from "@/lib/auth/invitations/contract";
import { inviteAction, revokeInvitationAction } from "./actions";

/** An invitation in the list: its recipient, its status, and the actions that are still possible. */
export async function InvitationEntry({ invitation }: { invitation: Invitation }) {
  const [t, roleNames, format] = await Promise.all([
    getTranslations("admin.invitations"),
    getTranslations("me.roles"),
    getFormatter(),
  ]);
  const { id, email, name, role, status, createdAt, expiresAt } = invitation;
  const dateOf = (time: Date) => format.dateTime(time, { dateStyle: "medium" });
  const isOpen = status === "pending" || status === "expired";
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-x-3 pt-1">
        <span className="min-w-0 font-semibold break-all">{email}</span>
        <span className={status === "pending" ? "text-accent" : "text-muted"}>{t(`statuses.${status}`)}</span>
      </p>
      <p className="pb-1 text-13 text-muted">
        {[
          ...(name ? [name] : []),
          roleNames(role),
          t("invitedOn", { date: dateOf(createdAt) }),
          ...(status === "pending" ? [t("expiresOn", { date: dateOf(expiresAt) })] : []),
        ].join("\u00a0· ")}
      </p>
      {isOpen && (
        <div className="flex flex-wrap gap-x-6">
          <Form action={inviteAction} hidden={{ email, name: name ?? "", role }}>
            <SubmitButton working={t("sending")} className="target link">
              {t.rich("again", { email, hidden })}
            </SubmitButton>
          </Form>
          <Form action={revokeInvitationAction} hidden={{ id }}>
            <SubmitButton working={t("revoking")} className="target link">
              {t.rich("revoke", { email, hidden })}
            </SubmitButton>
          </Form>
        </div>
      )}
    </>
  );
}
