import "server-only";
import { revokeEmailTokens } from "@/lib/auth/email/email-tokens";
import { removeAccounts } from "@/lib/auth/factors/remove-accounts";
import { removeSecondFactor } from "@/lib/auth/factors/second-factor";
import type { Transaction } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { detachContent } from "@/lib/users/removal/detach-content";

/**
 * Gives an account whose address was never confirmed to the user who has just proved that the address is theirs. An
 * attacker may have opened it and be waiting for the owner to use it: every earlier sign-in method is removed, and the
 * owner does not become the author of anything that was written in it.
 *
 * @param owner the owner's data, in place of what the account had.
 * @returns false if there is no such account any more: it was confirmed, banned or given another address meanwhile.
 * @see "Pre-hijacked accounts" (2022)
 */
export async function clearUnverifiedAccount(
  { id, email }: { id: string; email: string },
  owner: { name: string; image: string | null; locale: string },
  tx: Transaction,
): Promise<boolean> {
  // First, since it locks the user: no session can be opened by the methods that are removed below.
  const { count } = await tx.user.updateMany({
    where: { id, email, emailVerified: null, bannedAt: null },
    data: {
      ...owner,
      emailVerified: new Date(),
      passwordHash: null,
      passwordChangedAt: null,
      nickname: null,
      bio: null,
      github: null,
      twitter: null,
      linkedin: null,
      localeChosen: false,
    },
  });
  if (count === 0) return false;
  // Deleted, not only ended: the attacker's network and browser must not count as known to the account.
  await tx.session.deleteMany({ where: { userId: id } });
  await removeSecondFactor(id, tx);
  await revokeEmailTokens(id, tx);
  await tx.addressUndo.deleteMany({ where: { userId: id } });
  await removeAccounts(id, tx);
  await tx.passkey.deleteMany({ where: { userId: id } });
  await tx.consent.deleteMany({ where: { userId: id } });
  await detachContent(id, tx);
  afterResponse(sweepFiles);
  return true;
}
