import "server-only";
import { randomBytes } from "node:crypto";
import { Prisma, query, type Transaction } from "@/lib/core/db";
import { macOf } from "@/lib/crypto/secrets";

const codeCount = 10;
/** 60 bits: five per character. */
const codeLength = 12;
/** Crockford's base32: no letter that looks like a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** @returns ten codes such as `k7wm-2c9x-q4tz`. */
export function newBackupCodes(): string[] {
  return Array.from({ length: codeCount }, () => {
    const letters = [...randomBytes(codeLength)].map((byte) => alphabet.charAt(byte % alphabet.length));
    return letters.join("").replace(/(....)(?=.)/g, "$1-");
  });
}

/** Replaces the backup codes of a user, stored as keyed hashes. */
export async function replaceBackupCodes(userId: string, codes: string[], tx: Transaction): Promise<void> {
  await tx.backupCode.deleteMany({ where: { userId } });
  await tx.backupCode.createMany({ data: codes.map((code) => ({ userId, codeHash: hashOf(userId, code) })) });
}

/** Consumes a backup code: of many concurrent callers one succeeds. */
export async function consumeBackupCode(userId: string, code: string): Promise<boolean> {
  const used = await query(Prisma.sql`
    DELETE FROM "BackupCode" WHERE "userId" = ${userId} AND "codeHash" = ${hashOf(userId, code)}
    RETURNING "userId"`);
  return used.length > 0;
}

/** @returns whether a text has the form of a backup code. */
export function isBackupCode(text: string): boolean {
  return plain(text).length === codeLength && [...plain(text)].every((letter) => alphabet.includes(letter));
}

function hashOf(userId: string, code: string): string {
  return macOf("backup-code", `${userId}\n${plain(code)}`);
}

/** @returns the code as it was issued: users type O for 0, and I or L for 1. */
function plain(code: string): string {
  return code.toLowerCase().replaceAll(/[\s-]/g, "").replaceAll("o", "0").replaceAll(/[il]/g, "1");
}
