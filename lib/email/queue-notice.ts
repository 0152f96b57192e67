import "server-only";
import type { Transaction } from "@/lib/core/db";
import type { Mail } from "./mail";
import { queueMail } from "./outbox";

/** An email about an account to its owner; it has no token. */
type Notice<Kind = Mail> = Kind extends { token: string }
  ? never
  : Kind extends Mail
    ? Pick<Kind, "template" | "data">
    : never;

/**
 * Queues a notice to a user, in their language. A user who was deleted meanwhile gets none.
 *
 * @param noticeFor returns the notice for the name of the user.
 */
export async function queueNotice(
  userId: string,
  noticeFor: (name: string) => Notice,
  tx: Transaction,
): Promise<void> {
  const user = await tx.user.findUnique({
    where: { id: userId },
    select: { email: true, name: true, locale: true },
  });
  if (user) await queueMail({ to: user.email, locale: user.locale, ...noticeFor(user.name) }, tx);
}
