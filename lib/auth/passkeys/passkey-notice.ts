import "server-only";
import type { Transaction } from "@/lib/core/db";
import { queueMail } from "@/lib/email/outbox";

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
