import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { socialProviders } from "@/lib/social-providers/social-providers";
import { exampleSecret, readSettings, SettingsError, settingNames } from "./env";

type Variables = Record<string, string | undefined>;

/** The settings that a server requires. */
const required = {
  AUTH_SECRET: "q3Zr8vKx1LmT5wYb7NcJ2hGf9DsP4aUe",
  PUBLISHABLE_KEY: `pk_${"0123456789abcdef".repeat(4)}`,
  SECRET_KEY: `sk_${"fedcba9876543210".repeat(4)}`,
};

/** The error of a server that does not start with these settings; empty for one that starts. */
function errorMessageOf(variables: Variables): string {
  try {
    readSettings(variables);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return "";
}

test("requires three settings, and has defaults for the others", () => {
  expect(readSettings(required)).toMatchObject({
    DATA_DIR: ".data",
    PORT: 3000,
    APP_URL: "http://localhost:3000",
    PROJECT_ID: "blog",
    ENVIRONMENT: "dev",
    ACCESS_TOKEN_TTL: 3600,
    REFRESH_TOKEN_TTL: 2_592_000,
    REFRESH_REUSE_INTERVAL: 10,
    PASSWORD_MIN_LENGTH: 8,
    PASSWORD_REQUIRE_UPPERCASE: false,
    PASSWORD_REQUIRE_LOWERCASE: false,
    PASSWORD_REQUIRE_NUMBER: false,
    PASSWORD_REQUIRE_SPECIAL: false,
    PASSWORD_BLOCK_COMMON: true,
    MAGIC_LINK: true,
    MAGIC_LINK_TTL: 900,
    PUBLISHING: "confirmed",
    BCRYPT_COST: 12,
    RATE_LIMITS: true,
    TRUSTED_PROXIES: 0,
  });
  expect(readSettings(required)).not.toHaveProperty("DATABASE_URL");
});

test("names all invalid and missing settings at once, without their values", () => {
  const message = errorMessageOf({
    SECRET_KEY: "sk_hunter2",
    PORT: "eighty",
    APP_URL: "blog.example.com",
    RESEND_API_KEY: "re_hunter2",
    RATE_LIMITS: "sometimes",
  });
  for (const name of [
    "AUTH_SECRET",
    "PUBLISHABLE_KEY",
    "SECRET_KEY",
    "PORT",
    "APP_URL",
    "EMAIL_FROM",
    "RATE_LIMITS",
  ]) {
    expect(message).toMatch(new RegExp(`^ {2}${name} (is|must)`, "m"));
  }
  expect(message).not.toContain("hunter2");
  expect(message).toContain(".env.example");
});

describe("does not start with an invalid setting", () => {
  test.each<[string, string | undefined]>([
    ["AUTH_SECRET", undefined],
    ["AUTH_SECRET", "31-bytes-are-not-enough-for-it!"],
    ["AUTH_SECRET", exampleSecret],
    ["AUTH_SECRET", "a".repeat(64)],
    ["AUTH_SECRET", "abcabcabcabcabcabcabcabcabcabcabcabcabc"],
    ["PUBLISHABLE_KEY", undefined],
    ["PUBLISHABLE_KEY", required.SECRET_KEY],
    ["PUBLISHABLE_KEY", required.PUBLISHABLE_KEY.toUpperCase()],
    ["SECRET_KEY", required.PUBLISHABLE_KEY],
    ["SECRET_KEY", required.SECRET_KEY.slice(0, -1)],
    ["DATABASE_URL", "mysql://localhost/blog"],
    ["PORT", "eighty"],
    ["PORT", "65536"],
    ["PORT", "80.5"],
    ["APP_URL", "blog.example.com"],
    ["APP_URL", "ftp://blog.example.com"],
    ["APP_URL", "https://blog.example.com/path"],
    ["APP_URL", "https://blog.example.com?query"],
    ["APP_URL", "https://me:password@blog.example.com"],
    ["ENVIRONMENT", "production"],
    ["ACCESS_TOKEN_TTL", "0"],
    ["ACCESS_TOKEN_TTL", "an hour"],
    ["REFRESH_TOKEN_TTL", "-1"],
    ["REFRESH_REUSE_INTERVAL", "-1"],
    ["PASSWORD_MIN_LENGTH", "0"],
    ["PASSWORD_MIN_LENGTH", "73"],
    ["PASSWORD_REQUIRE_UPPERCASE", "yes"],
    ["PASSWORD_BLOCK_COMMON", "ON!"],
    ["BCRYPT_COST", "4"],
    ["CORS_ORIGINS", "app.example.com"],
    ["CORS_ORIGINS", "https://a.example.com, *"],
    ["CALLBACK_URL_ORIGINS", "https://a.example.com/path"],
    ["S3_BUCKET", "Not a bucket"],
    ["S3_ENDPOINT", "s3.example.com"],
    ["S3_PUBLIC_URL", "https://pictures.example.com?size=small"],
    // part: social-sign-in
    ["AUTH_GOOGLE_ISSUER", "accounts.example.com"],
    ["AUTH_GOOGLE_ISSUER", "http://accounts.example.com"],
    ["AUTH_GOOGLE_ISSUER", "http://localhost.example.com"],
    ["AUTH_GITHUB_URL", "http://127.0.0.1.example.com"],
    ["AUTH_GITHUB_URL", "ftp://localhost"],
    ["AUTH_GITHUB_URL", "https://github.example.com/?query"],
    ["AUTH_GITHUB_URL", "https://me@github.example.com"],
    // end of part: social-sign-in
    ["RATE_LIMITS", "no"],
    ["TRUSTED_PROXIES", "-1"],
    ["TRUSTED_PROXIES", "all"],
  ])("%s=%s", (name, value) => {
    const message = errorMessageOf({ ...required, [name]: value });
    expect(message).toMatch(new RegExp(`^ {2}${name}[ .]`, "m"));
    if (value) expect(message).not.toContain(` ${value} `);
  });
});

test.each([
  ["on", true],
  ["true", true],
  ["1", true],
  ["off", false],
  ["false", false],
  ["0", false],
])("a boolean setting may be %s", (word, isOn) => {
  expect(readSettings({ ...required, PASSWORD_BLOCK_COMMON: word }).PASSWORD_BLOCK_COMMON).toBe(isOn);
});

test("an empty value counts as unset", () => {
  const empty = Object.fromEntries(
    ["DATABASE_URL", "PORT", "APP_URL", "CORS_ORIGINS", "RATE_LIMITS"].map((name) => [name, ""]),
  );
  expect(readSettings({ ...required, ...empty })).toEqual(readSettings(required));
  expect(errorMessageOf({ ...required, AUTH_SECRET: "" })).toContain("AUTH_SECRET is not set");
});

// part: social-sign-in
test("names the missing half of a provider's client id and secret", () => {
  const message = errorMessageOf({ AUTH_GOOGLE_ID: "id", AUTH_GITHUB_SECRET: "secret" });
  expect(message).toMatch(/^ {2}AUTH_GOOGLE_SECRET is required together with AUTH_GOOGLE_ID$/m);
  expect(message).toMatch(/^ {2}AUTH_GITHUB_ID is required together with AUTH_GITHUB_SECRET$/m);
  expect(message).toMatch(/^ {2}AUTH_SECRET is not set$/m);
  expect(errorMessageOf({ ...required, AUTH_GITHUB_ID: "id", AUTH_GITHUB_SECRET: "secret" })).toBe("");
});

test.each([
  ["https://sso.example.com/realms/blog/", "https://sso.example.com/realms/blog"],
  ["http://127.0.0.1:4000", "http://127.0.0.1:4000"],
  ["http://localhost:4000/", "http://localhost:4000"],
  ["http://[::1]:4000", "http://[::1]:4000"],
])("accepts %s as the address of a provider", (address, known) => {
  const { providers } = readSettings({ ...required, AUTH_GOOGLE_ISSUER: address, AUTH_GITHUB_URL: address });
  expect(providers).toMatchObject({ google: { address: known }, github: { address: known } });
});
// end of part: social-sign-in

test("splits a list of origins at commas", () => {
  const { CORS_ORIGINS } = readSettings({
    ...required,
    CORS_ORIGINS: "https://a.example.com, http://localhost:8080/ ,",
  });
  expect(CORS_ORIGINS).toEqual(["https://a.example.com", "http://localhost:8080"]);
});

test("APP_URL defaults to the port on localhost, and to Vercel's URL there", () => {
  const addressOf = (variables: Variables) => readSettings({ ...required, ...variables }).APP_URL;
  const vercel = {
    VERCEL: "1",
    VERCEL_ENV: "preview",
    VERCEL_URL: "blog-a1b2.vercel.app",
    VERCEL_PROJECT_PRODUCTION_URL: "blog.example.com",
  };
  expect(addressOf({ PORT: "8080" })).toBe("http://localhost:8080");
  expect(addressOf(vercel)).toBe("https://blog-a1b2.vercel.app");
  expect(addressOf({ ...vercel, VERCEL_ENV: "production" })).toBe("https://blog.example.com");
  expect(addressOf({ ...vercel, APP_URL: "https://mine.example.com/" })).toBe("https://mine.example.com");
});

test("trusts one proxy on Vercel", () => {
  expect(readSettings({ ...required, VERCEL: "1" }).TRUSTED_PROXIES).toBe(1);
  expect(readSettings({ ...required, VERCEL: "1", TRUSTED_PROXIES: "2" }).TRUSTED_PROXIES).toBe(2);
});

describe("an S3 bucket", () => {
  const bucket = {
    S3_BUCKET: "blog",
    S3_REGION: "auto",
    S3_ACCESS_KEY_ID: "id",
    S3_SECRET_ACCESS_KEY: "secret",
  };

  test("is used when its settings are complete; endpoint and public URL are optional", () => {
    expect(readSettings({ ...required, ...bucket }).s3).toEqual({
      bucket: "blog",
      region: "auto",
      endpoint: undefined,
      accessKeyId: "id",
      secretAccessKey: "secret",
      publicUrl: undefined,
    });
    const places = { S3_ENDPOINT: "https://s3.example.com/v1/", S3_PUBLIC_URL: "https://cdn.example.com/" };
    expect(readSettings({ ...required, ...bucket, ...places }).s3).toMatchObject({
      endpoint: "https://s3.example.com/v1",
      publicUrl: "https://cdn.example.com",
    });
    expect(readSettings(required).s3).toBeUndefined();
  });

  test.each(Object.keys(bucket))("keeps the server from starting without %s", (name) => {
    expect(errorMessageOf({ ...required, ...bucket, [name]: "" })).toMatch(
      new RegExp(`^ {2}${name} is required`, "m"),
    );
  });

  test("keeps the server from starting with an endpoint alone", () => {
    const message = errorMessageOf({ ...required, S3_ENDPOINT: "https://s3.example.com" });
    for (const name of Object.keys(bucket)) expect(message).toContain(`  ${name} is required`);
  });
});

describe("`.env.example`", () => {
  const example = readFileSync(".env.example", "utf8");
  /** Its settings as they are, and with every commented line enabled. */
  const [given, offered] = [example, example.replace(/^# ?(?=[A-Z0-9_]+=)/gm, "")].map(
    (text): Variables => parseEnv(text),
  );

  test("names every setting that the server reads, once, and no other", () => {
    // Vercel and Node.js set these themselves; only the tests set the last one.
    const notDocumented = /^(NODE_ENV|VERCEL.*|BCRYPT_COST)$/;
    const names = settingNames.filter((name) => !notDocumented.test(name));
    const written = [...example.matchAll(/^#? ?([A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(written.sort()).toEqual(names.sort());
  });

  test("explains each of them in the lines above it", () => {
    const lines = example.split("\n");
    const unexplained = lines.filter(
      (line, index) =>
        /^#? ?[A-Z0-9_]+=/.test(line) &&
        !/^#( |$)/.test(lines[index - 1] ?? "") &&
        !/^#? ?[A-Z0-9_]+=/.test(lines[index - 1] ?? ""),
    );
    expect(unexplained).toEqual([]);
  });

  test("does not start a server until its secrets are replaced", () => {
    expect(given?.AUTH_SECRET).toBe(exampleSecret);
    const message = errorMessageOf(given ?? {});
    for (const name of Object.keys(required)) expect(message).toMatch(new RegExp(`^ {2}${name} `, "m"));
  });

  test("has valid values, except for its secrets, with commented lines enabled or not", () => {
    expect(errorMessageOf({ ...given, ...required })).toBe("");
    expect(errorMessageOf({ ...offered, ...required })).toBe("");
  });

  test("shows the defaults in its commented lines", () => {
    const {
      DATABASE_URL,
      RESEND_API_KEY,
      EMAIL_FROM,
      CRON_SECRET,
      CALLBACK_URL_ORIGINS,
      CORS_ORIGINS,
      ...defaults
    } = readSettings({ ...offered, ...required });
    const groups = { s3: undefined, providers: undefined };
    expect({ ...defaults, ...groups }).toEqual({ ...readSettings(required), ...groups });
  });

  // part: social-sign-in
  test("shows the public addresses of providers", () => {
    const [{ providers }, defaults] = [readSettings({ ...offered, ...required }), readSettings(required)];
    for (const name of socialProviders) {
      expect(providers[name].address).toBe(defaults.providers[name].address);
    }
  });
  // end of part: social-sign-in
});
