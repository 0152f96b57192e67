import "server-only";
import type { Transaction } from "@/lib/core/db";
import { queueMail } from "@/lib/email/outbox";
import type { SignInMethod } from "./contract";

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
