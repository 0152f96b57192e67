import * as oauth from "oauth4webapi";
import { z } from "zod";
import type { OAuthProvider, ProviderProfile } from "./provider";

const publicAddress = "https://github.com";

/** GitHub, or an Enterprise server at another URL. */
export const github: OAuthProvider = {
  type: "oauth",
  name: "GitHub",
  logo: "M8 0C3.58 0 0 3.58 0 8c0 3.54 2.29 6.53 5.47 7.59.4.07.55-.17.55-.38 0-.19-.01-.82-.01-1.49-2.01.37-2.53-.49-2.69-.94-.09-.23-.48-.94-.82-1.13-.28-.15-.68-.52-.01-.53.63-.01 1.08.58 1.23.82.72 1.21 1.87.87 2.33.66.07-.52.28-.87.51-1.07-1.78-.2-3.64-.89-3.64-3.95 0-.87.31-1.59.82-2.15-.08-.2-.36-1.02.08-2.12 0 0 .67-.21 2.2.82.64-.18 1.32-.27 2-.27s1.36.09 2 .27c1.53-1.04 2.2-.82 2.2-.82.44 1.1.16 1.92.08 2.12.51.56.82 1.27.82 2.15 0 3.07-1.87 3.75-3.65 3.95.29.25.54.73.54 1.48 0 1.07-.01 1.93-.01 2.2 0 .21.15.46.55.38A8.01 8.01 0 0 0 16 8c0-4.42-3.58-8-8-8z",
  address: publicAddress,
  addressSetting: "AUTH_GITHUB_URL",
  scope: "read:user user:email",
  avatarHosts: /\.githubusercontent\.com$/,
  // An OAuth app has one callback URL and allows all paths below it.
  callbacksOf: (appUrl) => [`${appUrl}/api`],
  endpointsOf: (address) => ({
    issuer: `${address}/login/oauth`,
    authorization: `${address}/login/oauth/authorize`,
    token: `${address}/login/oauth/access_token`,
    user: apiUrl(address, "/user"),
  }),
  fetchProfile,
};

const account = z.object({
  id: z.int().min(1),
  login: z.string(),
  name: z.string().nullish(),
  email: z.string().nullish(),
  avatar_url: z.string().nullish(),
});

const emailAddresses = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));

type EmailAddress = z.output<typeof emailAddresses>[number];

/** @see https://docs.github.com/en/rest/users/users#get-the-authenticated-user */
async function fetchProfile(
  accessToken: string,
  address: string,
  signal: AbortSignal,
): Promise<ProviderProfile> {
  const read = (path: string) => readApi(accessToken, address, path, signal);
  const [user, emails] = await Promise.all([
    read("/user").then(account.parse),
    read("/user/emails").then(emailAddresses.parse),
  ]);
  const chosen = chooseAddress(emails);
  return {
    providerAccountId: String(user.id),
    email: chosen?.email ?? user.email,
    isEmailVouchedFor: chosen?.verified ?? false,
    names: [user.name, user.login],
    image: user.avatar_url,
  };
}

/** The primary address if GitHub has verified it, else another verified one, else the primary one. */
function chooseAddress(emails: EmailAddress[]): EmailAddress | undefined {
  const primary = emails.find((email) => email.primary);
  // GitHub discards email to these addresses.
  const reachable = emails.filter(({ email }) => !email.endsWith("@users.noreply.github.com"));
  return primary?.verified ? primary : (reachable.find(({ verified }) => verified) ?? primary);
}

async function readApi(
  accessToken: string,
  address: string,
  path: string,
  signal: AbortSignal,
): Promise<unknown> {
  const headers = new Headers({ Accept: "application/vnd.github+json", "User-Agent": "blog" });
  const response = await oauth.protectedResourceRequest(
    accessToken,
    "GET",
    new URL(apiUrl(address, path)),
    headers,
    null,
    { signal, [oauth.allowInsecureRequests]: address.startsWith("http:") },
  );
  // A user may keep their addresses private.
  if (path === "/user/emails" && (response.status === 403 || response.status === 404)) return [];
  if (!response.ok) throw new Error(`GitHub answered ${response.status} at ${path}.`);
  return response.json();
}

function apiUrl(address: string, path: string): string {
  return (address === publicAddress ? "https://api.github.com" : `${address}/api/v3`) + path;
}
