import "server-only";
import { removeAccounts } from "@/lib/auth/accounts/remove-accounts";
import { revokeEmailTokens } from "@/lib/auth/email/email-tokens";
import { removeSecondFactor } from "@/lib/auth/factors/second-factor";
import { endSessions } from "@/lib/auth/sessions/sessions";
import type { Transaction } from "@/lib/core/db";
import { afterResponse } from "@/lib/email/after-response";
import { sweepFiles } from "@/lib/files/sweep-files";
import { detachContent } from "@/lib/users/removal/detach-content";

/**
 * Gives an account whose address was never confirmed to the person who has just proved that the address is theirs.
 * An attacker may have opened it and wait for the owner to use it: no earlier sign-in method remains, and the owner is
 * not the author of anything that was written in it.
 *
 * @param owner the owner's data, in place of what the account had.
 * @returns false where there is no such account any more: confirmed, banned, or under another address meanwhile.
 * @see "Pre-hijacked accounts" (2022)
 */
export async function clearUnverifiedAccount(
  { id, email }: { id: string; email: string },
  owner: { name: string; image: string | null; locale: string },
  tx: Transaction,
): Promise<boolean> {
  // First of all: this holds the user, so that no session can begin by what is removed below.
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
  await endSessions(id, tx);
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
