import { createHash, randomBytes, randomInt } from "node:crypto";
import { inject } from "vitest";
import { newEmail } from "./people";
import type { SocialGrant, SocialPerson } from "./servers/social-provider";

/** @returns a new user with a verified email address at the provider. */
export function stranger(fields: Partial<SocialPerson> = {}): SocialPerson {
  return { id: String(randomInt(1, 2 ** 47)), name: "Hong Gildong", email: newEmail(), ...fields };
}

/** Has the provider issue an authorization code, without a browser. */
export async function codeFor(granted: SocialGrant): Promise<string> {
  const { code } = await askTestProvider<{ code: string }>("/test/code", granted);
  return code;
}

/** Has Google issue an ID token for the app. */
export async function idTokenFor(granted: Omit<SocialGrant, "kind">): Promise<string> {
  const { idToken } = await askTestProvider<{ idToken: string }>("/test/id-token", {
    kind: "google",
    ...granted,
  });
  return idToken;
}

/** @returns whether a client has tried to redeem a code. */
export async function wasPresented(code: string): Promise<boolean> {
  const response = await fetch(
    `${inject("socialProviderUrl")}/test/presented?${new URLSearchParams({ code })}`,
  );
  return response.json();
}

/** @returns a PKCE verifier and its challenge. */
export function newPkce(): { codeVerifier: string; codeChallenge: string } {
  const codeVerifier = randomBytes(32).toString("base64url");
  return { codeVerifier, codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url") };
}

/**
 * Signs in and consents at the provider, as a browser does.
 *
 * @param address the authorization URL.
 * @returns the URL that the provider redirects to.
 */
export async function visitProvider(
  address: string,
  choice: SocialPerson | "deny",
  fault?: SocialGrant["fault"],
): Promise<URL> {
  const fields =
    choice === "deny"
      ? { decision: "deny" }
      : {
          decision: "allow",
          id: choice.id,
          name: choice.name ?? "",
          email: choice.email ?? "",
          picture: choice.picture ?? "",
          ...(choice.isVerified !== false && { isVerified: "on" }),
          fault: fault ?? "",
        };
  const response = await fetch(address, {
    method: "POST",
    body: new URLSearchParams(fields),
    redirect: "manual",
  });
  const location = response.headers.get("location");
  if (!location) throw new Error(`The provider returned ${response.status}: ${await response.text()}`);
  return new URL(location);
}

async function askTestProvider<Answer>(path: string, granted: SocialGrant): Promise<Answer> {
  const response = await fetch(`${inject("socialProviderUrl")}${path}`, {
    method: "POST",
    body: JSON.stringify(granted),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}
