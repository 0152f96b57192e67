import "server-only";
import { isWithinLimit } from "@/lib/core/rate-limit";
import type { MailTemplate } from "./mail";

/**
 * Whether the owner of an account is emailed about a change: always at a confirmed address. An unconfirmed address may
 * belong to a stranger, so a limit protects it from a flood of emails. Call it before a transaction, since the count
 * uses its own connection.
 */
export async function mayNotify(
  { email, emailVerified }: { email: string; emailVerified: boolean },
  template: MailTemplate,
): Promise<boolean> {
  return emailVerified || isWithinLimit("mailAccount", `${template} ${email}`);
}
