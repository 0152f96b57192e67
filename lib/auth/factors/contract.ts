import { z } from "zod";
import type { Contract } from "@/lib/core/contract";

/** A code of the authenticator app, or a backup code. */
const code = z.string().max(100).meta({ description: "A code of the authenticator app, or a backup code." });

export const mfaCode = code.optional().meta({
  description:
    "A code of the authenticator app, or a backup code. Ignored for an account without a second factor.",
});

const password = z.string().optional().meta({
  format: "password",
  description:
    "Absent for an account without one, which needs a session that was opened in the last ten minutes.",
});

const backupCodes = z
  .array(z.string())
  .meta({ description: "Ten codes, each good once in place of a code." });

const enableInput = z.strictObject({ password });

export type EnableSecondFactorInput = z.output<typeof enableInput>;

const setup = z.object({
  secret: z.string().meta({ description: "160 bits in base32." }),
  qrCodeUrl: z.string().meta({ description: "An `otpauth:` address, to be shown as a QR code." }),
  backupCodes,
});

/** The secret for the authenticator app, and the backup codes to keep. */
export type SecondFactorSetup = z.output<typeof setup>;

export const enableSecondFactorContract = {
  method: "POST",
  path: "/v1/auth/mfa/enable",
  summary: "Begin to set up a second factor; `confirm` turns it on",
  source: "bkend: authentication, multi-factor authentication; RFC 6238",
  access: "user",
  body: enableInput,
  success: { status: 200, body: setup },
  errors: ["auth/invalid-credentials", "auth/mfa-already-enabled", "auth/too-many-requests"],
} as const satisfies Contract;

export const confirmSecondFactorContract = {
  method: "POST",
  path: "/v1/auth/mfa/confirm",
  summary: "Turn the second factor on with a first code, and end the other sessions",
  source: "bkend: authentication, multi-factor authentication; RFC 6238",
  access: "user",
  addressLimit: "signIn",
  body: z.strictObject({ code }),
  success: { status: 200, body: z.object({ backupCodes }) },
  errors: [
    "auth/invalid-mfa-code",
    "auth/mfa-already-enabled",
    "auth/mfa-setup-expired",
    "auth/mfa-not-enabled",
    "auth/too-many-requests",
  ],
} as const satisfies Contract;

const disableInput = z.strictObject({ password, code: code.optional() });

export type DisableSecondFactorInput = z.output<typeof disableInput>;

export const disableSecondFactorContract = {
  method: "POST",
  path: "/v1/auth/mfa/disable",
  summary: "Turn the second factor off, and end the other sessions",
  source: "bkend: authentication, multi-factor authentication",
  access: "user",
  addressLimit: "signIn",
  body: disableInput,
  success: { status: 200, body: z.object({}) },
  errors: [
    "auth/invalid-credentials",
    "auth/mfa-required",
    "auth/invalid-mfa-code",
    "auth/mfa-backup-codes-exhausted",
    "auth/mfa-not-enabled",
    "auth/too-many-requests",
  ],
} as const satisfies Contract;

/** The errors that every endpoint with an `mfaCode` may return for it. */
export const secondFactorErrors = [
  "auth/mfa-required",
  "auth/invalid-mfa-code",
  "auth/mfa-backup-codes-exhausted",
  "auth/too-many-requests",
] as const;

const formPassword = z.string().optional();

/** The forms of the settings page. */
export const enableSecondFactorForm = z.object({ password: formPassword });
export const secondFactorCodeForm = z.object({ code });
export const disableSecondFactorForm = z.object({ password: formPassword, code });
