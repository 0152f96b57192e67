import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { secretsIn } from "@/lib/testing/app/secrets";
import { testSettings } from "@/lib/testing/app/settings";
import { startApp } from "@/lib/testing/app/start-app";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller, freshAddress } from "@/lib/testing/caller";
import { Authenticator } from "@/lib/testing/factors/authenticator";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

/** A separate server on which each action was performed once. */
let app: TestApp;
let visitor: Caller;
let person: Person;
let tokens: TokenPair;
/** The whole content of the database: each non-null cell of each table, as text. */
let cells: { table: string; column: string; value: string }[];

beforeAll(async () => {
  app = await startTestApp();
  visitor = new Caller({ "X-API-Key": testSettings.PUBLISHABLE_KEY }, app.url);
  person = await newUser({}, visitor);
  await useEverything();
  cells = await dump(app.database.url);
});

afterAll(async () => {
  await app?.stop();
});

/** Adds a passkey, signs in with it, and leaves a challenge behind. */
async function usePasskey() {
  const optionsOf = async (caller: Caller, path: string) =>
    (await caller.post<{ challenge: string; user: { id: string } }>(path)).body;
  const authenticator = new Authenticator(app.url);
  const created = authenticator.create(await optionsOf(person.api, "/v1/auth/passkeys/options"));
  await person.api.post("/v1/auth/passkeys", { name: "Phone", response: created });
  const response = authenticator.get(await optionsOf(visitor, "/v1/auth/passkeys/signin/options"));
  expect(await visitor.post("/v1/auth/passkeys/signin", { response })).toMatchObject({ status: 200 });
  await optionsOf(visitor, "/v1/auth/passkeys/signin/options");
}

async function useEverything() {
  await usePasskey();
  const { email, password } = person;
  const post = (path: string, body: object) => visitor.post<TokenPair>(path, body);

  await post("/v1/auth/email/signin", { method: "password", email, password: `${password} wrong` });
  const signedIn = await post("/v1/auth/email/signin", { method: "password", email, password });
  tokens = (await post("/v1/auth/refresh", { refreshToken: signedIn.body.refreshToken })).body;

  const article = await writeArticle(person, { isPublished: true });
  await person.api.get("/v1/data/articles");
  await person.api.patch(`/v1/data/articles/${article.id}`, { title: "Other" });
  await visitor.as(`${tokens.accessToken}x`).get("/v1/auth/me");
  await visitor.with({ "X-API-Key": testSettings.SECRET_KEY }).get("/v1/data/articles");
  await visitor.with({ "X-API-Key": `${testSettings.SECRET_KEY}0` }).get("/v1/data/articles");

  await post("/v1/auth/signup/email/resend", { email });
  await post("/v1/auth/password/reset/request", { email });
  const stolen = await post("/v1/auth/email/signin", { method: "password", email, password });
  const next = await post("/v1/auth/refresh", { refreshToken: stolen.body.refreshToken });
  await post("/v1/auth/refresh", { refreshToken: next.body.refreshToken });
  await post("/v1/auth/refresh", { refreshToken: stolen.body.refreshToken });
}

async function dump(databaseUrl: string) {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
  );
  const found: typeof cells = [];
  for (const { name: table } of tables) {
    const { rows } = await client.query<{ column: string; value: string }>(
      `SELECT cell.key AS column, cell.value FROM "${table}" row, jsonb_each_text(to_jsonb(row)) cell WHERE cell.value IS NOT NULL`,
    );
    found.push(...rows.map((row) => ({ table, ...row })));
  }
  await client.end();
  return found;
}

describe("a database dump after using the API", () => {
  test("is complete", () => {
    const tables = new Set(cells.map(({ table }) => table));
    for (const table of [
      "User",
      "Session",
      "EmailToken",
      "OutboxMail",
      "Passkey",
      "PasskeyChallenge",
      "Article",
      "RateLimit",
    ]) {
      expect(tables).toContain(table);
    }
    expect(cells).toContainEqual({ table: "User", column: "email", value: person.email });
  });

  test("contains no password, token or key in plain text, and hashes only of passwords", () => {
    for (const { table, column, value } of cells) {
      expect({ table, column, secrets: secretsIn(value) }).toEqual({
        table,
        column,
        secrets: column === "passwordHash" ? ["bcryptHash"] : [],
      });
    }
  });

  test("contains nothing that can be presented as a credential", async () => {
    const values = [...new Set(cells.map(({ value }) => value))];
    // Each value, whole and in parts, as an attacker with a database dump would try.
    const candidates = [
      ...new Set(values.flatMap((value) => [value, ...value.split(/[^\w.$/=+-]+/)])),
    ].filter((value) => value.length >= 8 && value.length < 1000 && !/[\r\n]/.test(value));
    const inHeader = candidates.filter((value) => /^[\x20-\x7e]+$/.test(value));
    const accepted: string[] = [];
    const attempt = async (value: string, call: Promise<{ status: number }>) => {
      // Rejected as invalid, not by a rate limit.
      if (![400, 401].includes((await call).status)) accepted.push(value);
    };
    const attacker = () => visitor.with({ "X-Forwarded-For": freshAddress() });

    for (const value of inHeader) {
      await Promise.all([
        attempt(value, attacker().as(value).get("/v1/auth/me")),
        attempt(value, attacker().get("/v1/data/articles?limit=1", { "X-API-Key": value })),
      ]);
    }
    const { email } = person;
    for (const value of candidates) {
      const proof = { email, token: value };
      await Promise.all([
        attempt(value, attacker().post("/v1/auth/refresh", { refreshToken: value })),
        attempt(value, attacker().post("/v1/auth/refresh", { refreshToken: `rt_${value}` })),
        attempt(
          value,
          attacker().post("/v1/auth/password/reset/confirm", { ...proof, newPassword: "Another 1" }),
        ),
        attempt(value, attacker().get(`/v1/auth/signup/email/confirm?${new URLSearchParams(proof)}`)),
      ]);
    }
    expect(accepted).toEqual([]);

    // A valid refresh token, which is not in the dump, still works.
    const { refreshToken } = tokens;
    expect(await visitor.post("/v1/auth/refresh", { refreshToken })).toMatchObject({ status: 200 });
  }, 120_000);
});

test("the log contains no secrets", () => {
  expect(app.output()).toContain("auth.signed-in");
  expect(secretsIn(app.output())).toEqual([]);
});

test("an app that wrote a secret into its log fails the tests that stop it", async () => {
  const NODE_OPTIONS = `--import=data:text/javascript,console.log('${testSettings.SECRET_KEY}')`;
  const leaking = await startApp({
    ...testSettings,
    DATABASE_URL: process.env.DATABASE_URL ? app.database.url : "",
    DATA_DIR: app.database.dataDir,
    NODE_OPTIONS,
  });
  await expect(leaking.stop()).rejects.toThrow("wrote secrets into its log: secretKey");
}, 60_000);

test("files sent to browsers contain no server secret", () => {
  const files = readdirSync(".next/static", { recursive: true, encoding: "utf8" }).filter((file) =>
    /\.(js|css)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = readFileSync(join(".next/static", file), "utf8");
    expect({ file, secrets: secretsIn(text) }).toEqual({ file, secrets: [] });
    expect(text).not.toMatch(/AUTH_SECRET|SECRET_KEY|DATABASE_URL|RESEND_API_KEY/);
  }
});
