import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { hashSecret, macOf, newSecret } from "@/lib/crypto/secrets";
import type { SocialProvider } from "@/lib/social-providers/social-providers";
import { deleteCookie, findCookie, setCookie } from "@/lib/web/cookies";

/** How long a user may take to sign in at the provider. */
const flowSeconds = 600;
/** In one browser, for several tabs: one more replaces the oldest. */
const maxFlows = 3;

const cookieName = "oauth-flows";

/** The values that an OAuth flow sends to the provider, and needs again when the browser returns. */
export type FlowSecrets = { state: string; nonce: string; codeVerifier: string };

/** @returns the secrets of a new OAuth flow. Call `saveFlow` once the provider is known to respond. */
export function newFlow(): FlowSecrets {
  return secretsOf(newSecret());
}

/**
 * Saves an OAuth flow until the browser returns: the database keeps its callback URL under the hash of its state; a
 * short cookie binds the latest flows to the browser, however many are started.
 */
export async function saveFlow(
  { state }: FlowSecrets,
  provider: SocialProvider,
  callbackUrl: string,
): Promise<void> {
  await query(Prisma.sql`
    INSERT INTO "OAuthFlow" ("stateHash", provider, "callbackUrl", "expiresAt")
    VALUES (${hashSecret(state)}, ${provider}, ${callbackUrl}, now() + ${flowSeconds} * interval '1 second')`);
  const earlier = await findBindings();
  await saveBindings([...earlier, secretOf("browser", state)].slice(-maxFlows));
}

/**
 * Consumes the state of a flow: of concurrent requests only one succeeds, and only with the browser and the provider
 * that the flow was started with.
 *
 * @returns null if there is no such flow.
 */
export async function consumeFlow(
  provider: SocialProvider,
  state: string,
): Promise<(FlowSecrets & { callbackUrl: string }) | null> {
  const bindings = await findBindings();
  const binding = secretOf("browser", state);
  if (!bindings.includes(binding)) return null;
  const [flow] = await query<{ callbackUrl: string }>(Prisma.sql`
    DELETE FROM "OAuthFlow"
     WHERE "stateHash" = ${hashSecret(state)} AND provider = ${provider} AND "expiresAt" > now()
    RETURNING "callbackUrl"`);
  if (!flow) return null;
  await saveBindings(bindings.filter((other) => other !== binding));
  return { ...secretsOf(state), ...flow };
}

/** Derived from the state, so that only the state of a flow has to be stored. */
function secretsOf(state: string): FlowSecrets {
  return { state, nonce: secretOf("nonce", state), codeVerifier: secretOf("code-verifier", state) };
}

async function findBindings(): Promise<string[]> {
  return (await findCookie(cookieName))?.split(".").slice(-maxFlows) ?? [];
}

async function saveBindings(bindings: string[]): Promise<void> {
  if (bindings.length > 0) await setCookie(cookieName, bindings.join("."), flowSeconds);
  else await deleteCookie(cookieName);
}

/** 43 characters of base64url, the minimum of PKCE. */
function secretOf(use: "browser" | "nonce" | "code-verifier", state: string): string {
  return macOf("oauth-flow", `${use}\n${state}`);
}
