/** The code to run before the steps: shell variables, and `bkendFetch`. */
export function setUpCode(appUrl: string, apiKey: string): { shell: string; typescript: string } {
  return {
    shell: `SITE=${appUrl}\nAPI=$SITE/api\nKEY=${apiKey}`,
    typescript: `import { BkendError, createBkendFetch, memoryTokens } from "./bkend-fetch";
import type { TokenPair } from "./bkend-fetch";

const tokens = memoryTokens();
const bkendFetch = createBkendFetch({
  baseUrl: "${appUrl}/api",
  apiKey: "${apiKey}",
  tokens,
});
const callbackUrl = "${appUrl}/magic-link";`,
  };
}

const post = (path: string, body: object, withToken = false) =>
  [
    `curl $API${path} \\`,
    `  -H "X-API-Key: $KEY"${withToken ? ' -H "Authorization: Bearer $ACCESS"' : ""} -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(body)}'`,
  ].join("\n");

const withToken = (command: string) =>
  `${command} \\\n  -H "X-API-Key: $KEY" -H "Authorization: Bearer $ACCESS"`;

/** The steps of the tutorial, in order. */
export const tutorialSteps = [
  {
    id: "signUp",
    curl: post("/v1/auth/email/signup", {
      method: "password",
      email: "gildong@example.com",
      password: "abc123",
      name: "홍길동",
    }),
    typescript: `const pair = await bkendFetch<TokenPair>("/v1/auth/email/signup", {
  method: "POST",
  body: { method: "password", email, password, name },
});
await tokens.set(pair);`,
  },
  {
    id: "signIn",
    curl: `${post("/v1/auth/email/signin", {
      method: "password",
      email: "gildong@example.com",
      password: "abc123",
    })}

ACCESS=eyJ…
REFRESH=rt_…`,
    typescript: `const pair = await bkendFetch<TokenPair>("/v1/auth/email/signin", {
  method: "POST",
  body: { method: "password", email, password },
});
await tokens.set(pair);`,
  },
  { id: "tokens" },
  {
    id: "me",
    curl: withToken("curl $API/v1/auth/me"),
    typescript: `const me = await bkendFetch<{ id: string; email: string; name: string }>("/v1/auth/me");`,
  },
  {
    id: "refresh",
    curl: `curl $API/v1/auth/refresh \\
  -H "X-API-Key: $KEY" -H 'Content-Type: application/json' \\
  -d "{\\"refreshToken\\": \\"$REFRESH\\"}"`,
    typescript: `const held = await tokens.get();
const pair = await bkendFetch<TokenPair>("/v1/auth/refresh", {
  method: "POST",
  body: { refreshToken: held?.refreshToken },
});
await tokens.set(pair);`,
  },
  {
    id: "renew",
    curl: `curl $API/v1/auth/me -H "X-API-Key: $KEY" -H "Authorization: Bearer $ACCESS-spoiled"
# 401 auth/invalid-token: now it would be time for step 5`,
    typescript: `const me = await bkendFetch("/v1/auth/me"); // 401, a refresh, and the same once more`,
  },
  {
    id: "write",
    curl: post("/v1/data/articles", { title: "첫 글", content: "# 안녕하세요", isPublished: false }, true),
    typescript: `const article = await bkendFetch<{ id: string }>("/v1/data/articles", {
  method: "POST",
  body: { title: "첫 글", content: "# 안녕하세요", isPublished: false },
});`,
  },
  {
    id: "read",
    curl: `${withToken("curl -G $API/v1/data/articles")} \\
  --data-urlencode 'andFilters={"isPublished": false}' -d limit=1 -d select=title`,
    typescript: `const query = new URLSearchParams({
  andFilters: JSON.stringify({ isPublished: false }),
  limit: "1",
  select: "title",
});
const page = await bkendFetch<{ items: { id: string; title: string }[] }>(\`/v1/data/articles?\${query}\`);`,
  },
  {
    id: "refused",
    curl: post("/v1/data/articles", { title: "" }, true),
    typescript: `try {
  await bkendFetch("/v1/data/articles", { method: "POST", body: { title: "" } });
} catch (error) {
  if (error instanceof BkendError) console.log(error.status, error.code, error.details);
}`,
  },
  {
    id: "secondFactor",
    curl: `${post("/v1/auth/mfa/enable", { password: "abc123" }, true)}

# The code of an authenticator app, or of oathtool --totp -b SECRET:
${post("/v1/auth/mfa/confirm", { code: "123456" }, true)}

# Without mfaCode: 403 auth/mfa-required. A backup code works as well:
${post("/v1/auth/email/signin", {
  method: "password",
  email: "gildong@example.com",
  password: "abc123",
  mfaCode: "k7wm-2c9x-q4tz",
})}

${post("/v1/auth/mfa/disable", { password: "abc123", code: "r8dn-5v0h-j3pe" }, true)}`,
    typescript: `const { secret, backupCodes } = await bkendFetch<{ secret: string; backupCodes: string[] }>(
  "/v1/auth/mfa/enable",
  { method: "POST", body: { password } },
);
await bkendFetch("/v1/auth/mfa/confirm", { method: "POST", body: { code: codeOf(secret) } });

const credentials = { method: "password", email, password };
try {
  await bkendFetch("/v1/auth/email/signin", { method: "POST", body: credentials });
} catch (error) {
  if (!(error instanceof BkendError) || error.code !== "auth/mfa-required") throw error;
  const body = { ...credentials, mfaCode: backupCodes[0] }; // Ask the user for a code.
  await tokens.set(await bkendFetch<TokenPair>("/v1/auth/email/signin", { method: "POST", body }));
}

await bkendFetch("/v1/auth/mfa/disable", { method: "POST", body: { password, code: backupCodes[1] } });`,
  },
  {
    id: "magicLink",
    curl: `curl $API/v1/auth/email/signin \\
  -H "X-API-Key: $KEY" -H 'Content-Type: application/json' \\
  -d "{\\"method\\": \\"magiclink\\", \\"email\\": \\"gildong@example.com\\", \\"callbackUrl\\": \\"$SITE/magic-link\\"}"

# With the token of the link in the email:
${post("/v1/auth/email/callback", { token: "…" })}`,
    typescript: `await bkendFetch("/v1/auth/email/signin", {
  method: "POST",
  body: { method: "magiclink", email, callbackUrl },
});

// On the page at callbackUrl, once the user has pressed a button:
const token = new URL(location.href).searchParams.get("token");
const answer = await bkendFetch<TokenPair & { is_new_user: boolean }>("/v1/auth/email/callback", {
  method: "POST",
  body: { token },
});
await tokens.set(answer);`,
  },
  {
    id: "signOut",
    curl: withToken("curl -X POST $API/v1/auth/signout"),
    typescript: `await bkendFetch("/v1/auth/signout", { method: "POST" });
await tokens.clear();`,
  },
] as const satisfies { id: string; curl?: string; typescript?: string }[];

export type TutorialStepId = (typeof tutorialSteps)[number]["id"];

/** A step of the tutorial: its ID and its request in two notations. Its texts are the messages with that ID. */
export type TutorialStep = { id: TutorialStepId; curl?: string; typescript?: string };
