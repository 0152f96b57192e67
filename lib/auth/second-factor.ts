import "server-only";
import { actorOf } from "@/lib/access/actor";
import { site } from "@/lib/config/site";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { limitFailures } from "@/lib/core/rate-limit";
import { seal, unseal } from "@/lib/crypto/seal";
import { prepareNotice } from "@/lib/email/prepare-notice";
import { log } from "@/lib/runtime/log";
import { newBackupCodes, replaceBackupCodes } from "./factors/backup-codes";
import type {
  DisableSecondFactorInput,
  EnableSecondFactorInput,
  SecondFactorSetup,
} from "./factors/contract";
import { consumeTotpCode, removeSecondFactor, requireSecondFactor } from "./factors/second-factor";
import { newTotpSecret, totpAddress } from "./factors/totp";
import { requireCurrentPassword } from "./passwords/current-password";
import type { CurrentUser } from "./sessions/current-user";
import { lockSession } from "./sessions/lock-session";
import { requireRecentAuthentication } from "./sessions/recent-authentication";
import { endSessions } from "./sessions/sessions";
import { clearSignInFailures, signInFailureKey } from "./sessions/sign-in-failures";

const setupMinutes = 10;

/**
 * Begins the setup of a second factor. It takes effect once confirmed, within ten minutes; a new call replaces it.
 *
 * @throws AppError `auth/invalid-credentials` (401), `auth/mfa-already-enabled` (400), `auth/too-many-requests` (429), and
 *   as `lockSession`.
 */
export async function enableSecondFactor(
  { password }: EnableSecondFactorInput,
  user: CurrentUser,
  { locale }: Client,
): Promise<SecondFactorSetup> {
  const passwordHash = await requirePasswordProof(password, user);
  const [secret, backupCodes] = [newTotpSecret(), newBackupCodes()];
  const setup = {
    sealedSecret: seal("second-factor", secret, user.id),
    sealedBackupCodes: seal("second-factor", JSON.stringify(backupCodes), user.id),
    setupExpiresAt: new Date(Date.now() + setupMinutes * 60_000),
    lastStep: 0,
  };
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    const now = await tx.user.findUniqueOrThrow({
      where: { id: user.id },
      select: { passwordHash: true, mfaEnabledAt: true },
    });
    if (now.passwordHash !== passwordHash) throw new AppError("auth/invalid-credentials");
    if (now.mfaEnabledAt) throw new AppError("auth/mfa-already-enabled");
    await tx.secondFactor.upsert({
      where: { userId: user.id },
      create: { userId: user.id, ...setup },
      update: setup,
      select: { userId: true },
    });
  });
  return {
    secret,
    qrCodeUrl: totpAddress(secret, { issuer: site.name[locale], label: user.email }),
    backupCodes,
  };
}

/**
 * Turns the second factor on with a first code of the app, which counts as used. The other sessions end.
 *
 * @returns the backup codes of the setup, for the last time.
 * @throws AppError `auth/mfa-not-enabled` (400) without a setup, `auth/mfa-already-enabled` (400),
 *   `auth/mfa-setup-expired` (400), `auth/invalid-mfa-code` (401), `auth/too-many-requests` (429), and as `lockSession`.
 */
export async function confirmSecondFactor(
  { code }: { code: string },
  user: CurrentUser,
  client: Client,
): Promise<{ backupCodes: string[] }> {
  if (user.mfaEnabled) throw new AppError("auth/mfa-already-enabled");
  const factor = await db.secondFactor.findUnique({ where: { userId: user.id } });
  if (!factor) throw new AppError("auth/mfa-not-enabled");
  if (factor.setupExpiresAt <= new Date()) throw new AppError("auth/mfa-setup-expired");

  const isCorrect = await limitFailures("signInFailure", signInFailureKey(user.email, true), user.id, () =>
    consumeTotpCode(user.id, factor.sealedSecret, code.replaceAll(/[\s-]/g, "")),
  );
  if (!isCorrect) throw new AppError("auth/invalid-mfa-code", { account: user.id });
  await clearSignInFailures(user.email);
  const queueNotice = await prepareNotice(user, { template: "second-factor-on" });
  const backupCodes = await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    const { count } = await tx.user.updateMany({
      where: {
        id: user.id,
        mfaEnabledAt: null,
        secondFactor: { sealedSecret: factor.sealedSecret, sealedBackupCodes: { not: null } },
      },
      data: { mfaEnabledAt: new Date() },
    });
    if (count === 0 || factor.sealedBackupCodes === null) throw new AppError("auth/mfa-already-enabled");
    const codes: string[] = JSON.parse(unseal("second-factor", factor.sealedBackupCodes, user.id));
    await tx.secondFactor.updateMany({ where: { userId: user.id }, data: { sealedBackupCodes: null } });
    await replaceBackupCodes(user.id, codes, tx);
    await endSessions(user.id, tx, { id: { not: user.sessionId } });
    await queueNotice(tx);
    return codes;
  });
  log.info("auth.second-factor-on", { userId: user.id }, client);
  return { backupCodes };
}

/**
 * Turns the second factor off. The other sessions end.
 *
 * @throws AppError `auth/invalid-credentials` (401), `auth/mfa-not-enabled` (400), and as `requireSecondFactor` and
 *   `lockSession`.
 */
export async function disableSecondFactor(
  { password, code }: DisableSecondFactorInput,
  user: CurrentUser,
  client: Client,
): Promise<void> {
  const passwordHash = await requirePasswordProof(password, user);
  const { mfaEnabledAt } = await requireSecondFactor(user, code, client);
  if (!mfaEnabledAt) throw new AppError("auth/mfa-not-enabled");
  const queueNotice = await prepareNotice(user, { template: "second-factor-off" });
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    const proved = await tx.user.count({ where: { id: user.id, passwordHash, mfaEnabledAt } });
    if (proved === 0) throw new AppError("auth/invalid-credentials");
    await removeSecondFactor(user.id, tx);
    await endSessions(user.id, tx, { id: { not: user.sessionId } });
    await queueNotice(tx);
  });
  log.info("auth.second-factor-off", { userId: user.id }, client);
}

/**
 * Replaces the backup codes, used or not.
 *
 * @throws AppError `auth/reauthentication-required` (403), `auth/mfa-not-enabled` (400), and as `requireSecondFactor` and
 *   `lockSession`.
 */
export async function renewBackupCodes(
  { code }: { code: string },
  user: CurrentUser,
  client: Client,
): Promise<string[]> {
  requireRecentAuthentication(user);
  const { mfaEnabledAt } = await requireSecondFactor(user, code, client);
  if (!mfaEnabledAt) throw new AppError("auth/mfa-not-enabled");
  const codes = newBackupCodes();
  await db.$transaction(async (tx) => {
    await lockSession(actorOf(user), tx);
    if ((await tx.user.count({ where: { id: user.id, mfaEnabledAt } })) === 0) {
      throw new AppError("auth/mfa-not-enabled");
    }
    await replaceBackupCodes(user.id, codes, tx);
  });
  log.info("auth.backup-codes-renewed", { userId: user.id }, client);
  return codes;
}

/** @returns the password hash that was verified; null for an account without one, after a recent authentication. */
async function requirePasswordProof(password: string | undefined, user: CurrentUser): Promise<string | null> {
  if (password !== undefined) return requireCurrentPassword(password, user, "password");
  const { passwordHash } = await db.user.findUniqueOrThrow({
    where: { id: user.id },
    select: { passwordHash: true },
  });
  if (passwordHash !== null || !user.hasRecentAuthentication) throw new AppError("auth/invalid-credentials");
  return null;
}
