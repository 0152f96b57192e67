import "server-only";
import type { Transaction } from "@/lib/db";
import { sweepFiles } from "@/lib/files/sweep-files";
import { afterAnswer } from "@/lib/http/after-answer";
import { disownContent } from "@/lib/users/disown-content";
import { revokeEmailTokens } from "./email-tokens";
import { removeAccounts } from "./remove-accounts";
import { endSessions } from "./sessions";

/**
 * Gives an account whose address was never confirmed to the person who has just proved that the address is theirs.
 * Another person may have opened it and waits for them to use it: no way in that was there before is left, and nothing
 * that was written in it has them for its author.
 *
 * @param owner who they are, in place of what the account said.
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
  await revokeEmailTokens(id, tx);
  await tx.addressUndo.deleteMany({ where: { userId: id } });
  await removeAccounts(id, tx);
  await tx.consent.deleteMany({ where: { userId: id } });
  await disownContent(id, tx);
  afterAnswer(sweepFiles);
  return true;
}
