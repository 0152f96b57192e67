import "server-only";
import { db, type Transaction } from "@/lib/core/db";
import { AppError, type ErrorCode } from "@/lib/core/errors";
import { hashSecret, newSecret } from "@/lib/crypto/secrets";

/** The email and the page state this period. */
const undoHours = 72;

/** The parameters of the link in the email to the old address. */
export type AddressUndoInput = { email: string; token: string };

/**
 * Issues the token of the link that restores an address. Every change has its own. A password reset revokes none of
 * them, since an attacker who took over the account could reset its password.
 *
 * @param before whose address it restores, with whether it was verified.
 * @returns 256 random bits in base64url; the database stores only their hash.
 */
export async function issueAddressUndo(
  { id: userId, email, emailVerified }: { id: string; email: string; emailVerified: Date | null },
  tx: Transaction,
): Promise<string> {
  const token = newSecret();
  const now = Date.now();
  await tx.addressUndo.create({
    data: {
      userId,
      email,
      emailVerified,
      tokenHash: hashSecret(token),
      createdAt: new Date(now),
      expiresAt: new Date(now + undoHours * 3600 * 1000),
    },
    select: { id: true },
  });
  return token;
}

/**
 * Consumes a token: of many concurrent callers one succeeds. The tokens of later changes are revoked with it.
 *
 * @returns the user whose address it restores, and when that address was verified.
 * @throws AppError `auth/invalid-token` (401), `auth/token-expired` (401).
 */
export async function consumeAddressUndo(
  input: AddressUndoInput,
  tx: Transaction,
): Promise<{ userId: string; emailVerified: Date | null }> {
  const undo = await findUndo(input, tx);
  if (!undo) throw new AppError("auth/invalid-token");
  if (undo.expiresAt <= new Date()) throw new AppError("auth/token-expired");
  const { count } = await tx.addressUndo.deleteMany({ where: { id: undo.id } });
  if (count === 0) throw new AppError("auth/invalid-token");
  const { userId, emailVerified, createdAt } = undo;
  // Earlier tokens stay: they belong to older addresses, whose owner may have lost the account before.
  await tx.addressUndo.deleteMany({ where: { userId, createdAt: { gte: createdAt } } });
  return { userId, emailVerified };
}

/** @returns why a token would be rejected, or null if it would be accepted. It is not consumed. */
export async function findAddressUndoError(input: AddressUndoInput): Promise<ErrorCode | null> {
  const undo = await findUndo(input, db);
  if (!undo) return "auth/invalid-token";
  return undo.expiresAt > new Date() ? null : "auth/token-expired";
}

function findUndo({ email, token }: AddressUndoInput, tx: Transaction) {
  return tx.addressUndo.findUnique({ where: { tokenHash: hashSecret(token), email } });
}
