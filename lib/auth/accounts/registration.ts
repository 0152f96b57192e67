import "server-only";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";

/** @returns whether users can sign up without an invitation. */
export function isRegistrationOpen(): boolean {
  return env().REGISTRATION === "open";
}

/** @throws AppError `auth/registration-closed` (403). */
export function requireOpenRegistration(): void {
  if (!isRegistrationOpen()) throw new AppError("auth/registration-closed");
}
