import { randomUUID } from "node:crypto";
import { socialClient } from "@/lib/testing/servers/social-provider";
import { testSettings } from "./settings";

const passwordMark = "canary-password";

/** @returns a password that tests can recognize in any output. */
export function newPassword(): string {
  return `${passwordMark} ${randomUUID()}`;
}

/** Secrets that must never be stored or logged: passwords, tokens, keys. */
const secrets = {
  password: new RegExp(passwordMark, "g"),
  clientSecret: new RegExp(socialClient.secret, "g"), // part: social-sign-in
  accessToken: /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g,
  refreshToken: /rt_[\w-]{60,}/g,
  tokenInAddress: /[?&](token|signature|code)=[\w-]{20,}/g,
  bcryptHash: /\$2[aby]\$\d\d\$[./\w]{53}/g,
  secretKey: new RegExp(testSettings.SECRET_KEY, "g"),
  authSecret: new RegExp(testSettings.AUTH_SECRET, "g"),
} as const satisfies Record<string, RegExp>;

/** @returns the kinds of secrets that a text contains, each once. */
export function secretsIn(text: string): string[] {
  return Object.entries(secrets).flatMap(([name, pattern]) => (text.match(pattern) ? [name] : []));
}
