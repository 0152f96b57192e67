import "server-only";
import { Prisma, query } from "@/lib/core/db";
import { hashSecret, macOf, newSecret } from "@/lib/crypto/secrets";
import type { SocialProvider } from "@/lib/social-providers/social-providers";
import { deleteCookie, findCookie, setCookie } from "@/lib/web/cookies";

/** As long as a user may take to sign in at the provider. */
const flowSeconds = 600;
/** In one browser, as in so many tabs: one more replaces the oldest. */
const maxFlows = 3;

const cookieName = "oauth-flows";

/** What an OAuth flow sends to the provider, and has to know when the browser returns. */
export type FlowSecrets = { state: string; nonce: string; codeVerifier: string };

/** @returns the secrets of a new OAuth flow, which `saveFlow` is to keep once the provider is known to answer. */
export function newFlow(): FlowSecrets {
  return secretsOf(newSecret());
}

/**
 * Keeps an OAuth flow until the browser returns: the database keeps where it leads, under the hash of its state; the
 * browser keeps a short cookie that binds its latest flows to it, however many are begun.
 */
export async function saveFlow(
  { state }: FlowSecrets,
  provider: SocialProvider,
  callbackUrl: string,
): Promise<void> {
  await query(Prisma.sql`DELETE FROM "OAuthFlow" WHERE "expiresAt" < now()`);
  await query(Prisma.sql`
    INSERT INTO "OAuthFlow" ("stateHash", provider, "callbackUrl", "expiresAt")
    VALUES (${hashSecret(state)}, ${provider}, ${callbackUrl}, now() + ${flowSeconds} * interval '1 second')`);
  const others = await findBindings();
  await keepBindings([...others, secretOf("browser", state)].slice(-maxFlows));
}

/**
 * Uses the state of a flow up: of many requests with it at once a single one succeeds, and only from the browser and by
 * the provider that the flow was begun with.
 *
 * @returns null where there is no such flow.
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
  await keepBindings(bindings.filter((other) => other !== binding));
  return { ...secretsOf(state), ...flow };
}

/** Made from the state, so that nothing but the state has to be kept of a flow. */
function secretsOf(state: string): FlowSecrets {
  return { state, nonce: secretOf("nonce", state), codeVerifier: secretOf("code-verifier", state) };
}

async function findBindings(): Promise<string[]> {
  return (await findCookie(cookieName))?.split(".").slice(-maxFlows) ?? [];
}

async function keepBindings(bindings: string[]): Promise<void> {
  if (bindings.length > 0) await setCookie(cookieName, bindings.join("."), flowSeconds);
  else await deleteCookie(cookieName);
}

/** 43 characters of base64url, as many as PKCE asks for at least. */
function secretOf(use: "browser" | "nonce" | "code-verifier", state: string): string {
  return macOf("oauth-flow", `${use}\n${state}`);
}
