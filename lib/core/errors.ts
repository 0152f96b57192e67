import type { Messages } from "@/lib/i18n/messages/en";

/**
 * Every error of the API and of forms: its code, its status, and the field that causes it where the code implies one.
 * The messages are in `lib/i18n/messages`, one sentence per code and language.
 */
export const errors = {
  "auth/account-already-linked": { status: 409 }, // part: social-sign-in
  "auth/account-banned": { status: 403 },
  "auth/already-verified": { status: 400, field: "email" },
  "auth/cannot-unlink-last-account": { status: 400 },
  "auth/email-already-exists": { status: 409, field: "email" },
  "auth/email-not-verified": { status: 403 },
  "auth/invalid-callback-url": { status: 400, field: "callbackUrl" },
  "auth/invalid-credentials": { status: 401 },
  "auth/invalid-email": { status: 400, field: "email" },
  "auth/invalid-mfa-code": { status: 401 },
  "auth/invalid-oauth-code": { status: 401 }, // part: social-sign-in
  "auth/invalid-passkey": { status: 401 },
  "auth/invalid-password-format": { status: 400, field: "password" },
  "auth/invalid-refresh-token": { status: 401 },
  "auth/invalid-token": { status: 401 },
  "auth/invitation-already-accepted": { status: 400 },
  "auth/invitation-expired": { status: 400 },
  "auth/invitation-not-found": { status: 404 },
  "auth/magiclink-disabled": { status: 400 },
  "auth/mfa-already-enabled": { status: 400 },
  "auth/mfa-backup-codes-exhausted": { status: 400 },
  "auth/mfa-not-enabled": { status: 400 },
  "auth/mfa-required": { status: 403 },
  "auth/mfa-setup-expired": { status: 400 },
  "auth/oauth-callback-failed": { status: 500 }, // part: social-sign-in
  "auth/oauth-cancelled": { status: 400 }, // part: social-sign-in
  "auth/oauth-not-configured": { status: 400 }, // part: social-sign-in
  "auth/passkey-not-found": { status: 404 },
  "auth/reauthentication-required": { status: 403 },
  "auth/registration-closed": { status: 403 },
  "auth/same-password": { status: 400, field: "newPassword" },
  "auth/session-not-found": { status: 404 },
  "auth/token-expired": { status: 401 },
  "auth/too-many-requests": { status: 429 },
  "auth/unauthorized": { status: 401 },
  "auth/unsupported-provider": { status: 400 }, // part: social-sign-in
  "common/internal-error": { status: 500 },
  "common/invalid-api-key": { status: 401 },
  "common/invalid-json": { status: 400 },
  "common/invalid-project": { status: 401 },
  "common/method-not-allowed": { status: 405 },
  "common/missing-header": { status: 400 },
  "common/navigation-required": { status: 403 },
  "common/not-found": { status: 404 },
  "common/payload-too-large": { status: 413 },
  "common/request-timeout": { status: 408 },
  "common/too-many-requests": { status: 429 },
  "common/unavailable": { status: 503 },
  "common/unsupported-media-type": { status: 415 },
  "common/validation-error": { status: 400 },
  "data/changed-meanwhile": { status: 409 },
  "data/duplicate-value": { status: 409 },
  "data/not-found": { status: 404 },
  "data/permission-denied": { status: 403 },
  "data/quota-exceeded": { status: 403 },
  "data/table-not-found": { status: 404 },
  "data/validation-error": { status: 400 },
  "file/access-denied": { status: 403 },
  "file/file-too-large": { status: 400 },
  "file/invalid-format": { status: 400 },
  "file/invalid-name": { status: 400 },
  "file/not-found": { status: 404 },
  "file/quota-exceeded": { status: 403 },
  "user/changed-meanwhile": { status: 409 },
  "user/forbidden": { status: 403 },
  "user/invalid-role": { status: 400, field: "role" },
  "user/last-admin": { status: 409 },
  "user/not-found": { status: 404 },
} as const satisfies Record<keyof Messages["errors"], { status: number; field?: string }>;

export type ErrorCode = keyof typeof errors;

/** In the order of the table. */
export const errorCodes = Object.keys(errors).filter(isErrorCode);

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errors, text);
}

/** What is wrong with one field: a key of the `validation` messages (or an error code) and its parameters. */
export type FieldProblem = {
  path: string;
  message: keyof Messages["validation"] | ErrorCode;
  parameters?: Record<string, string | number>;
};

type AppErrorOptions = {
  problems?: FieldProblem[];
  retryAfterSeconds?: number;
  values?: Record<string, string>;
  account?: string;
  token?: string;
  cause?: unknown;
};

/**
 * An error for the caller. The API responds with it as JSON, a form shows messages at its fields; only the log gets the
 * cause.
 */
export class AppError extends Error {
  override name = "ApiError";
  readonly status: number;
  /** The fields that cause the error. */
  readonly problems: FieldProblem[];
  readonly retryAfterSeconds: number | undefined;
  /** Values for a form to show beside what the user typed. Responses of the API do not contain them. */
  readonly values: Record<string, string>;
  /** The account that it concerns, for the log only. */
  readonly account: string | undefined;
  /** A token with which the caller continues; the API returns it next to `error`. */
  readonly token: string | undefined;

  constructor(
    readonly code: ErrorCode,
    { problems, retryAfterSeconds, values = {}, account, token, cause }: AppErrorOptions = {},
  ) {
    super(code, { cause });
    const entry: { status: number; field?: string } = errors[code];
    this.status = entry.status;
    this.problems = problems ?? (entry.field ? [{ path: entry.field, message: code }] : []);
    this.retryAfterSeconds = retryAfterSeconds;
    this.values = values;
    this.account = account;
    this.token = token;
  }
}
