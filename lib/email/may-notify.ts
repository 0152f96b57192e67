import "server-only";
import { isWithinLimit } from "@/lib/core/rate-limit";
import type { MailTemplate } from "./mail";

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
