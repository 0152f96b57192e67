import "server-only";
import type { Transaction } from "@/lib/core/db";
import { isWithinLimit } from "@/lib/core/rate-limit";
import type { MailTemplate } from "@/lib/email/mail";
import { queueMail } from "@/lib/email/outbox";
import type { SignInMethod } from "./contract";

/**
 * Whether the owner of an account is mailed about a change. A confirmed address always is. One that was never
 * confirmed may be a stranger's, who must not be pestered by it. To be asked before a transaction, since the count
 * has a connection of its own.
 */
export async function mayNotify(
  { email, emailVerified }: { email: string; emailVerified: boolean },
  template: MailTemplate,
): Promise<boolean> {
  return emailVerified || isWithinLimit("mailAccount", `${template} ${email}`);
}

/** Queues the mail that tells the owner of an account that a passkey was added or removed. */
export async function queuePasskeyNotice(
  template: "passkey-added" | "passkey-removed",
  userId: string,
  tx: Transaction,
): Promise<void> {
  const { email, name, locale } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true, locale: true },
  });
  await queueMail({ to: email, template, locale, data: { name } }, tx);
}

/** Queues the mail that tells the owner of an account that a way into it was added or removed. */
export async function queueAccountNotice(
  template: "sign-in-method-added" | "sign-in-method-removed",
  { userId, provider }: { userId: string; provider: SignInMethod },
  tx: Transaction,
): Promise<void> {
  const { email, name, locale } = await tx.user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, name: true, locale: true },
  });
  await queueMail({ to: email, template, locale, data: { name, provider } }, tx);
}
