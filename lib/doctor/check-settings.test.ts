import { describe, expect, test } from "vitest";
import { checkSettings } from "./check-settings";

const secrets = {
  AUTH_SECRET: "k3y-Zq8vT1xW0uYc7Hn4Bf1rLs5mPd2a",
  PUBLISHABLE_KEY: `pk_${"0123456789abcdef0f1e2d3c4b5a6978".repeat(2).replace("0f1e", "9d2b")}`,
  SECRET_KEY: `sk_${"fedcba98765432108796a5b4c3d2e1f0".repeat(2).replace("8796", "1a7c")}`,
};
const production = {
  ...secrets,
  NODE_ENV: "production",
  APP_URL: "https://blog.example.com",
  TRUSTED_PROXIES: "1",
};

/** @returns the warnings and errors about these settings, as `level subject`. */
function problemsOf(variables: Record<string, string | undefined>): string[] {
  return checkSettings(variables)
    .findings.filter(({ level }) => level !== "good")
    .map(({ level, subject }) => `${level} ${subject}`);
}

describe("valid settings", () => {
  test.each([
    ["for development", secrets],
    ["for production", production],
    ["for Vercel", { ...secrets, NODE_ENV: "production", VERCEL: "1", APP_URL: "https://blog.example.com" }],
    [
      "with groups of settings",
      {
        ...production,
        AUTH_GOOGLE_ID: "id", // part: social-sign-in
        AUTH_GOOGLE_SECRET: "secret", // part: social-sign-in
        S3_BUCKET: "pictures",
        S3_REGION: "auto",
        S3_ACCESS_KEY_ID: "id",
        S3_SECRET_ACCESS_KEY: "secret",
      },
    ],
  ])("%s are accepted", (_, variables) => {
    expect(problemsOf(variables)).toEqual([]);
  });
});

describe("the doctor reports", () => {
  test.each<[string, Record<string, string | undefined>, string[]]>([
    ["nothing set at all", {}, ["error AUTH_SECRET", "error PUBLISHABLE_KEY", "error SECRET_KEY"]],
    ["a short secret", { ...secrets, AUTH_SECRET: "short" }, ["error AUTH_SECRET"]],
    [
      "the example's secret",
      { ...secrets, AUTH_SECRET: "replace-this-with-32-or-more-random-bytes" },
      ["error AUTH_SECRET"],
    ],
    [
      "a secret that is made up",
      { ...secrets, AUTH_SECRET: "my-password-is-very-very-long-1234" },
      ["warning AUTH_SECRET"],
    ],
    [
      "a key that repeats itself",
      { ...secrets, SECRET_KEY: `sk_${"0a".repeat(32)}` },
      ["warning SECRET_KEY"],
    ],
    [
      "two keys of the same digits",
      { ...secrets, SECRET_KEY: secrets.PUBLISHABLE_KEY.replace("pk_", "sk_") },
      ["error SECRET_KEY"],
    ],
    ["plain http in production", { ...production, APP_URL: "http://blog.example.com" }, ["warning APP_URL"]],
    [
      "localhost in production",
      { ...production, APP_URL: undefined, TRUSTED_PROXIES: undefined },
      ["warning APP_URL"],
    ],
    [
      "https and no trusted proxy",
      { ...production, TRUSTED_PROXIES: undefined },
      ["warning TRUSTED_PROXIES"],
    ],
    [
      "a callback to plain http",
      { ...production, CALLBACK_URL_ORIGINS: "http://app.example.com,https://ok.example.com" },
      ["warning CALLBACK_URL_ORIGINS"],
    ],
    [
      "a callback that is no origin",
      { ...production, CALLBACK_URL_ORIGINS: "app.example.com" },
      ["error CALLBACK_URL_ORIGINS"],
    ],
    [
      "CORS for plain http",
      { ...production, CORS_ORIGINS: "http://app.example.com" },
      ["warning CORS_ORIGINS"],
    ],
    ["half a provider", { ...secrets, AUTH_GITHUB_ID: "id" }, ["error AUTH_GITHUB_SECRET"]], // part: social-sign-in
    ["the other half", { ...secrets, AUTH_GOOGLE_SECRET: "secret" }, ["error AUTH_GOOGLE_ID"]], // part: social-sign-in
    [
      "half a store",
      { ...secrets, S3_BUCKET: "pictures", S3_REGION: "auto", S3_ACCESS_KEY_ID: "id" },
      ["error S3_SECRET_ACCESS_KEY"],
    ],
    ["a key for mail without a sender", { ...secrets, RESEND_API_KEY: "re_1" }, ["error EMAIL_FROM"]],
    ["a misspelt name", { ...secrets, RESEND_API_KEI: "re_1" }, ["warning RESEND_API_KEI"]],
    ["a name without its underscore", { ...secrets, DATABASEURL: "postgresql://x" }, ["warning DATABASEURL"]],
    [
      "the tutorial's policy among strangers",
      {
        ...production,
        PASSWORD_MIN_LENGTH: "6",
        PASSWORD_BLOCK_COMMON: "off",
        PUBLISHING: "members",
        RATE_LIMITS: "off",
        BCRYPT_COST: "10",
      },
      [
        "warning RATE_LIMITS",
        "warning PASSWORD_MIN_LENGTH",
        "warning PASSWORD_BLOCK_COMMON",
        "warning PUBLISHING",
        "warning BCRYPT_COST",
      ],
    ],
  ])("%s", (_, variables, problems) => {
    expect(problemsOf(variables).sort()).toEqual(problems.sort());
  });

  test("accepts the password policy of the tutorial in development", () => {
    expect(problemsOf({ ...secrets, PASSWORD_MIN_LENGTH: "6", PASSWORD_BLOCK_COMMON: "off" })).toEqual([]);
  });
});

test("each finding has a remedy, and none contains a secret", () => {
  const value = "aaaaaaaabbbbccccdddd";
  const { findings } = checkSettings({
    AUTH_SECRET: value,
    PUBLISHABLE_KEY: value,
    SECRET_KEY: value,
    CRON_SECRET: value,
    AUTH_GOOGLE_SECRET: value, // part: social-sign-in
    S3_SECRET_ACCESS_KEY: value,
    APP_URL: "nowhere",
    TRUSTED_PROXIES: "many",
  });
  const problems = findings.filter(({ level }) => level !== "good");
  expect(problems.length).toBeGreaterThan(5);
  for (const { remedy } of problems) expect(remedy).toMatch(/\w{3}/);
  expect(JSON.stringify(findings)).not.toContain(value);
});

// part: social-sign-in
test.each([
  [
    "Google",
    { AUTH_GOOGLE_ID: "id", AUTH_GOOGLE_SECRET: "secret" },
    [
      "https://blog.example.com/api/auth/callback/google",
      "https://blog.example.com/api/v1/auth/google/callback",
    ],
  ],
  // GitHub accepts one URL, which must be a prefix of both callback URLs.
  ["GitHub", { AUTH_GITHUB_ID: "id", AUTH_GITHUB_SECRET: "secret" }, ["https://blog.example.com/api"]],
])("lists the exact callback URLs to register at %s", (name, provider, addresses) => {
  const { findings } = checkSettings({ ...production, ...provider });
  const says = findings.find(({ subject }) => subject === `Sign-in by ${name}`)?.says;
  expect(says?.match(/https:\S+/g)).toEqual(addresses);
});
// end of part: social-sign-in
