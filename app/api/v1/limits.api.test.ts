import { createHash, randomInt } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { newPassword } from "@/lib/testing/app/secrets";
import { type Answer, type Caller, freshAddress, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person, signInAgain, writeArticle } from "@/lib/testing/people";

const quarterHour = 900;

/** Signs in from a new IP address each time. */
function signIn(email: string, password: string): Promise<Answer<TokenPair>> {
  return guest().post("/v1/auth/email/signin", { method: "password", email, password });
}

/** Signs in from the IP address of `visitor`. */
function signInFrom(visitor: Caller, { email }: Person, password: string): Promise<Answer<TokenPair>> {
  return visitor.post("/v1/auth/email/signin", { method: "password", email, password });
}

/** Adds `bytes` bytes of text to an author, in articles of at most one megabyte. */
async function fillWithText({ id }: Person, bytes: number): Promise<void> {
  await queryDatabase(
    `INSERT INTO "Article" (id, title, content, "createdBy", "updatedAt")
     SELECT gen_random_uuid()::text, 'Full', repeat('x', least(1000000, $2::int - start)), $1, now()
       FROM generate_series(0, $2::int - 1, 1000000) AS start`,
    id,
    bytes,
  );
}

function expectLimited(answer: Answer, code: string, withinSeconds: number) {
  expect(answer).toMatchObject({ status: 429, code });
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(withinSeconds);
}

describe("guessing the password of one account", () => {
  test("is locked after ten failures from any IP address, even for the right password", async () => {
    const { email, password } = await newUser();
    for (let failures = 0; failures < 10; failures++) {
      expect(await signIn(email, "wrong")).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
    }

    expectLimited(await signIn(email, "wrong"), "auth/too-many-requests", quarterHour);
    expectLimited(await signIn(` ${email.toUpperCase()}`, password), "auth/too-many-requests", quarterHour);

    const another = await newUser();
    expect(await signIn(another.email, another.password)).toMatchObject({ status: 200 });
  });

  test("computes at most ten hashes for twenty concurrent attempts", async () => {
    const { email } = await newUser();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email, "wrong")));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
  });

  test("is limited for unknown email addresses too, so that the limit reveals no account", async () => {
    const email = newEmail();
    for (let failures = 0; failures < 10; failures++)
      expect(await signIn(email, "wrong")).toMatchObject({ status: 401 });
    expectLimited(await signIn(email, "wrong"), "auth/too-many-requests", quarterHour);
  });

  test("starts over after a success", async () => {
    const { email, password } = await newUser();
    for (let round = 0; round < 2; round++) {
      for (let failures = 0; failures < 9; failures++) await signIn(email, "wrong");
      expect(await signIn(email, password)).toMatchObject({ status: 200 });
    }
  });

  test("starts over when the window ends", async () => {
    const { email, password } = await newUser();
    for (let failures = 0; failures < 11; failures++) await signIn(email, "wrong");
    expect(await signIn(email, password)).toMatchObject({ status: 429 });

    // Only the count of this address: other tests count at the same time.
    const key = `signInFailure:${createHash("sha256").update(email).digest("base64url")}`;
    const ended = await queryDatabase(
      `UPDATE "RateLimit" SET expire = expire - 1000 * $1::bigint WHERE key = $2 RETURNING key`,
      quarterHour,
      key,
    );
    expect(ended).toHaveLength(1);
    expect(await signIn(email, password)).toMatchObject({ status: 200 });
  });
});

describe("an IP address from which an account was signed in to", () => {
  test("can sign in while other addresses are locked out, which unlocks them", async () => {
    const home = guest();
    const person = await newUser({}, home);
    for (let failures = 0; failures < 10; failures++) await signIn(person.email, "wrong");
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 429 });

    expect(await signInFrom(home, person, person.password)).toMatchObject({ status: 200 });
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 200 });
  });

  test("also has ten failures, which do not lock others out", async () => {
    const home = guest();
    const person = await newUser({}, home);
    for (let failures = 0; failures < 10; failures++) {
      expect(await signInFrom(home, person, "wrong")).toMatchObject({ status: 401 });
    }
    expectLimited(await signInFrom(home, person, person.password), "auth/too-many-requests", quarterHour);
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 200 });
  });

  test("is recognised by its network if it is IPv6, and for 90 days", async () => {
    const network = `2001:db8:${randomInt(65_536).toString(16)}:${randomInt(65_536).toString(16)}`;
    const at = (host: string) => guest().with({ "X-Forwarded-For": `${network}:${host}` });
    const person = await newUser({}, at("1:2:3:4"));
    for (let failures = 0; failures < 10; failures++) await signIn(person.email, "wrong");
    expect(await signInFrom(at("5:6:7:8"), person, "wrong")).toMatchObject({ status: 401 });

    await queryDatabase(
      `UPDATE "Session" SET "createdAt" = now() - interval '91 days' WHERE "userId" = $1`,
      person.id,
    );
    expect(await signInFrom(at("5:6:7:8"), person, person.password)).toMatchObject({ status: 429 });
  });
});

describe("the current password in a password change", () => {
  const change = (api: Caller, currentPassword: string) =>
    api.post("/v1/auth/password/change", { currentPassword, newPassword: newPassword() });

  test("can be tried ten times in 15 minutes by each session", async () => {
    const person = await newUser();
    const other = guest().as((await signInAgain(person)).accessToken);
    for (let failures = 0; failures < 10; failures++) {
      expect(await change(person.api, "wrong")).toMatchObject({ status: 401 });
    }
    expectLimited(await change(person.api, person.password), "auth/too-many-requests", quarterHour);
    expect(await change(other, person.password)).toMatchObject({ status: 200 });
  });

  test("is limited independently of sign-in", async () => {
    const person = await newUser();
    for (let failures = 0; failures < 11; failures++) await change(person.api, "wrong");
    expect(await signIn(person.email, person.password)).toMatchObject({ status: 200 });

    const other = await newUser();
    for (let failures = 0; failures < 11; failures++) await signIn(other.email, "wrong");
    expect(await change(other.api, other.password)).toMatchObject({ status: 200 });
  });
});

describe("email to one address", () => {
  test("is limited even across deleted accounts: the fourth sign-up in an hour succeeds without an email", async () => {
    const email = newEmail();
    for (let times = 0; times < 4; times++) {
      const person = await newUser({ email });
      expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { email } });
      if (times < 3) expect(await person.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
    }
    expect(await guest().post("/v1/auth/signup/email/resend", { email })).toMatchObject({ status: 200 });
    // A reset request for an unverified address sends the same email.
    expect(await guest().post("/v1/auth/password/reset/request", { email })).toMatchObject({ status: 200 });
    const links = (await queuedMailsTo(email)).filter((template) => template === "verify-sign-up");
    expect(links).toHaveLength(3);
  });
});

describe("an author", () => {
  test("can create sixty articles an hour, from any IP address", async () => {
    const author = await newUser();
    const write = () =>
      guest().as(author.tokens.accessToken).post("/v1/data/articles", { title: "T", content: "C" });
    const answers = await Promise.all(Array.from({ length: 60 }, write));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expectLimited(await write(), "common/too-many-requests", 3600);
    await writeArticle(await newUser());
  });

  test("is told of the limit before the missing permission", async () => {
    const author = await newUser();
    expect(await withSecretKey().patch(`/v1/users/${author.id}/role`, { role: "guest" })).toMatchObject({
      status: 200,
    });
    const write = () => author.api.post("/v1/data/articles", { title: "T", content: "C" });
    const answers = await Promise.all(Array.from({ length: 60 }, write));
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(["data/permission-denied"]));
    expectLimited(await write(), "common/too-many-requests", 3600);
  });

  test("may store 50 MiB of text, also with concurrent writes", async () => {
    const author = await newUser();
    const { id } = await writeArticle(author, { content: "x".repeat(1000) });
    await fillWithText(author, 50 * 1024 * 1024 - 1000 - 1500);

    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        author.api.post<{ id: string }>("/v1/data/articles", { title: "T", content: "x".repeat(1000) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 403, 403, 403, 403]);
    expect(answers.find(({ status }) => status === 403)?.code).toBe("data/quota-exceeded");

    const patch = (content: string) => author.api.patch(`/v1/data/articles/${id}`, { content });
    expect(await patch("x".repeat(1501))).toMatchObject({ status: 403, code: "data/quota-exceeded" });
    // Three bytes per letter.
    expect(await patch("가".repeat(501))).toMatchObject({ status: 403, code: "data/quota-exceeded" });
    expect(await patch("x".repeat(1500))).toMatchObject({ status: 200 });
    expect(await patch("short")).toMatchObject({ status: 200 });
    expect(await author.api.patch(`/v1/data/articles/${id}`, { title: "New" })).toMatchObject({
      status: 200,
    });
  });
});

describe("one client IP address", () => {
  test("may search 120 times a minute: a search counts as five requests", async () => {
    const visitor = guest();
    const search = () => visitor.get("/v1/data/articles?limit=1&search=margins");
    const answers = await inBatches(
      Array.from({ length: 120 }, () => search),
      8,
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expectLimited(await visitor.get("/v1/data/articles?limit=1"), "common/too-many-requests", 60);
  });

  test("is limited for pages too, with an error page in every language", async () => {
    const ip = freshAddress();
    const visitor = guest().with({ "X-Forwarded-For": ip });
    const open = (path: string, init: { method?: string; headers?: object; body?: FormData } = {}) =>
      fetch(inject("appUrl") + path, { ...init, headers: { "X-Forwarded-For": ip, ...init.headers } });
    // The request of the router is redirected to the same path with `_rsc` in its query, and counts twice.
    await inBatches(
      Array.from({ length: 592 }, () => () => visitor.get("/v1/auth/me")),
      100,
    );
    expect((await open("/search?search=margins")).status).toBe(200);
    expect((await open("/terms", { headers: { RSC: "1" } })).status).toBe(200);
    expect((await open("/signin")).status).toBe(200);

    const answer = await open("/terms");
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(answer.headers.get("permissions-policy")).toContain("camera=()");
    expect(answer.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    const page = await answer.text();
    expect(page).toContain("Too many requests");
    expect(page).toContain("요청이 너무 많아요"); // part: korean
    expect(page).not.toMatch(/<script|style=| at \w+ \(/);

    for (const init of [{ headers: { RSC: "1" } }, { method: "HEAD" }]) {
      expect((await open("/signin", init)).status).toBe(429);
    }
    const form = { method: "POST", headers: { Origin: inject("appUrl") }, body: new FormData() };
    expect((await open("/signin", form)).status).toBe(429);
    expect((await chooseTheme(freshAddress())).headers.get("set-cookie")).toContain("theme=dark");
    expect((await chooseTheme(ip)).headers.get("set-cookie")).toBeNull();
    expect((await visitor.get("/v1/auth/me")).status).toBe(429);

    const stylesheet = await open("/plain-page.css");
    expect(stylesheet.status).toBe(200);
    expect(stylesheet.headers.get("content-type")).toContain("text/css");
    expect((await open("/icon.svg")).status).toBe(200);
    expect((await fetch(`${inject("appUrl")}/terms`)).status).toBe(200);
  });

  test.each<[string, string, number, number, string?]>([
    ["may sign up 20 times an hour", "/v1/auth/email/signup", 20, 3600],
    ["may sign in 100 times in 15 minutes", "/v1/auth/email/signin", 100, quarterHour],
    // part: social-sign-in
    [
      "may sign in by a provider 100 times in 15 minutes",
      "/v1/auth/google/callback",
      100,
      quarterHour,
      "common/validation-error",
    ],
    // end of part: social-sign-in
    ["may request 30 emails an hour", "/v1/auth/password/reset/request", 30, 3600],
  ])("%s, valid or not", async (_, path, times, seconds, code = "auth/invalid-email") => {
    const visitor = guest();
    const answers = await Promise.all(Array.from({ length: times }, () => visitor.post(path, {})));
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, code });

    expectLimited(await visitor.post(path, {}), "auth/too-many-requests", seconds);
    expect(await guest().post(path, {})).toMatchObject({ status: 400 });
    expect(await visitor.get("/v1/data/articles?limit=1")).toMatchObject({ status: 200 });
  });

  test("can send six hundred requests a minute, to any endpoint and with any token", async () => {
    const member = await newUser();
    const calls = (visitor: Caller) => [
      ...Array.from({ length: 380 }, () => () => visitor.get("/v1/auth/me")),
      ...Array.from({ length: 200 }, () => () => visitor.get("/v1/data/articles/none")),
      ...Array.from({ length: 20 }, () => () => visitor.get("/v1/openapi.json", { "X-API-Key": null })),
    ];
    const visitor = guest();
    const answers = await inBatches(calls(visitor), 100);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 404, 200]));

    expectLimited(await visitor.get("/v1/auth/me"), "common/too-many-requests", 60);
    expectLimited(
      await visitor.as(member.tokens.accessToken).get("/v1/auth/me"),
      "common/too-many-requests",
      60,
    );
    expect(await member.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("is the last entry of X-Forwarded-For: entries that the client sent before it are ignored", async () => {
    const visitor = guest();
    const email = { email: "not-an-address" };
    for (let times = 0; times < 20; times++) {
      await visitor
        .with({ "X-Forwarded-For": `203.0.113.${times}, 198.51.100.77` })
        .post("/v1/auth/email/signup", email);
    }
    const onceMore = visitor.with({ "X-Forwarded-For": "192.0.2.1, 198.51.100.77" });
    expectLimited(await onceMore.post("/v1/auth/email/signup", email), "auth/too-many-requests", 3600);
  });
});

test("one session can refresh sixty times a minute, and another session of the same user as well", async () => {
  const person = await newUser();
  const refresh = (refreshToken: string) => guest().post<TokenPair>("/v1/auth/refresh", { refreshToken });

  let { refreshToken } = person.tokens;
  for (let times = 0; times < 60; times++) ({ refreshToken } = (await refresh(refreshToken)).body);

  expectLimited(await refresh(refreshToken), "auth/too-many-requests", 60);
  expect(await refresh((await signInAgain(person)).refreshToken)).toMatchObject({ status: 200 });
});

test("a rate limit error is in the caller's language, and has a request id", async () => {
  const visitor = guest().with({ "Accept-Language": "ko", "X-Request-Id": "limited-1" });
  const body = { method: "password", email: "not-an-address", password: newPassword(), name: "N" };
  for (let times = 0; times < 20; times++) await visitor.post("/v1/auth/email/signup", body);

  const answer = await visitor.post<{ error: { message: string } }>("/v1/auth/email/signup", body);
  expect(answer.status).toBe(429);
  expect(answer.body.error.message).toMatch(/\p{Script=Hangul}/u); // part: korean
  expect(answer.headers.get("x-request-id")).toBe("limited-1");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});

/** Calls the server action of the theme buttons as the browser's script does. */
async function chooseTheme(ip: string): Promise<Response> {
  const page = await (await fetch(`${inject("appUrl")}/terms`)).text();
  const [, action = ""] = /name="\$ACTION_ID_(\w+)"[^<]*(?:<(?!\/form)[^<]*)*?name="theme"/.exec(page) ?? [];
  const body = new FormData();
  body.set("_1_theme", "dark");
  body.set("0", '["$K1"]');
  return fetch(`${inject("appUrl")}/terms`, {
    method: "POST",
    headers: { Origin: inject("appUrl"), "Next-Action": action, "X-Forwarded-For": ip },
    body,
  });
}

/** Makes calls, `atOnce` at a time: a flood from one client would get a 503 before it is counted. */
async function inBatches<Result>(calls: (() => Promise<Result>)[], atOnce: number): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < calls.length; start += atOnce) {
    results.push(...(await Promise.all(calls.slice(start, start + atOnce).map((call) => call()))));
  }
  return results;
}
