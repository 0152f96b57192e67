import "server-only";
import * as oauth from "oauth4webapi";
import { z } from "zod";
import { env, publicIssuers } from "@/lib/config/env";
import { normalizeIdentity, type SocialIdentity } from "./social-identity";

const account = z.object({
  id: z.int().min(1),
  login: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  avatar_url: z.string().nullish(),
});

const addresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

type Address = z.output<typeof addresses>[number];

/**
 * Asks GitHub who it is that gave us an access token.
 *
 * @see https://docs.github.com/en/rest/users/users#get-the-authenticated-user
 */
export async function githubIdentity(accessToken: string, signal: AbortSignal): Promise<SocialIdentity> {
  const [user, emails] = await Promise.all([
    read(accessToken, "/user", signal).then(account.parse),
    read(accessToken, "/user/emails", signal).then(addresses.parse),
  ]);
  const address = chooseAddress(emails);
  return normalizeIdentity({
    provider: "github",
    providerAccountId: String(user.id),
    email: address?.email ?? user.email,
    isEmailVouchedFor: address?.verified ?? false,
    names: [user.name, user.login],
    image: user.avatar_url,
  });
}

/** The main address if GitHub has made sure of it, else another one of which it has, else the main one. */
function chooseAddress(emails: Address[]): Address | undefined {
  const main = emails.find(({ primary }) => primary);
  // Mail to these is thrown away.
  const reachable = emails.filter(({ email }) => !email.endsWith("@users.noreply.github.com"));
  return main?.verified ? main : (reachable.find(({ verified }) => verified) ?? main);
}

async function read(accessToken: string, path: string, signal: AbortSignal): Promise<unknown> {
  const headers = new Headers({ Accept: "application/vnd.github+json", "User-Agent": "blog" });
  const response = await oauth.protectedResourceRequest(
    accessToken,
    "GET",
    new URL(githubApiUrl(path)),
    headers,
    null,
    { signal, [oauth.allowInsecureRequests]: env().AUTH_GITHUB_URL.startsWith("http:") },
  );
  // An account may have kept its addresses to itself.
  if (path === "/user/emails" && (response.status === 403 || response.status === 404)) return [];
  if (!response.ok) throw new Error(`GitHub answered ${response.status} at ${path}.`);
  return response.json();
}

/** @returns the address of a part of GitHub's API, or of an Enterprise server's. */
export function githubApiUrl(path: string): string {
  const { AUTH_GITHUB_URL } = env();
  return (isGithubDotCom() ? "https://api.github.com" : `${AUTH_GITHUB_URL}/api/v3`) + path;
}

/** @returns whether it is github.com that one signs in with. */
export function isGithubDotCom(): boolean {
  return env().AUTH_GITHUB_URL === publicIssuers.github;
}
