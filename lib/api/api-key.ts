import "server-only";
import { env } from "@/lib/config/env";
import { AppError } from "@/lib/core/errors";
import { equalSecrets } from "@/lib/crypto/secrets";

/**
 * Checks the API key of a request: `X-API-Key`, or the older pair `X-Project-Id` and `X-Environment`.
 *
 * @returns whether it is the secret key, which acts as admin.
 * @throws AppError `common/missing-header` (400), `common/invalid-api-key` (401), `common/invalid-project` (401).
 */
export function identifyKey(headers: Headers): { isSecret: boolean } {
  const key = headers.get("x-api-key");
  if (key !== null) {
    const { PUBLISHABLE_KEY, SECRET_KEY } = env();
    if (equalSecrets(key, PUBLISHABLE_KEY)) return { isSecret: false };
    if (equalSecrets(key, SECRET_KEY)) return { isSecret: true };
    throw new AppError("common/invalid-api-key");
  }

  const project = headers.get("x-project-id");
  const environment = headers.get("x-environment");
  if (project === null || environment === null) throw new AppError("common/missing-header");
  if (project !== env().PROJECT_ID || environment !== env().ENVIRONMENT) {
    throw new AppError("common/invalid-project");
  }
  return { isSecret: false };
}
