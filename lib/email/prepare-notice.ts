import "server-only";
import type { Transaction } from "@/lib/core/db";
import { isWithinLimit } from "@/lib/core/rate-limit";
import type { Mail } from "./mail";
import { queueMail } from "./outbox";

/** An email about an account to its owner; it has no token. */
type Notice<Kind = Mail> = Kind extends { token: string }
  ? never
  : Kind extends Mail
    ? Omit<Kind, "to" | "locale" | "name">
    : never;

/** Queues a prepared notice in the transaction of the change that it reports. */
export type QueueNotice = (tx: Transaction) => Promise<void>;

/**
 * Prepares an email to the owner of an account about a change. A confirmed address always gets it. An unconfirmed
 * address may belong to a stranger, so a limit protects it from a flood of emails. Call it before the transaction, since
 * the count uses its own connection.
 *
 * @returns queues the notice in the user's language. Beyond the limit, and for a user who was deleted meanwhile, it does
 *   nothing.
 */
export async function prepareNotice(
  { id, email, emailVerified }: { id: string; email: string; emailVerified: Date | boolean | null },
  notice: Notice,
): Promise<QueueNotice> {
  const isMailed = emailVerified || (await isWithinLimit("mailAccount", `${notice.template} ${email}`));
  return async (tx) => {
    if (!isMailed) return;
    const user = await tx.user.findUnique({
      where: { id },
      select: { email: true, name: true, locale: true },
    });
    if (user) await queueMail({ to: user.email, locale: user.locale, name: user.name, ...notice }, tx);
  };
}
