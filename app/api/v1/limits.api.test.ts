import { describe, expect, test } from "vitest";
import type { TokenPair } from "@/lib/auth/contract";
import { type Answer, type Caller, guest } from "@/lib/testing/caller";
import { newcomer, newEmail, signInAgain } from "@/lib/testing/people";
import { queryDatabase } from "@/lib/testing/query-database";
import { newPassword } from "@/lib/testing/secrets";

const quarterHour = 900;

/** Each attempt comes from another address. */
function signIn(email: string, password: string): Promise<Answer<TokenPair>> {
  return guest().post("/v1/auth/email/signin", { method: "password", email, password });
}

function expectLimited(answer: Answer, code: string, withinSeconds: number) {
  expect(answer).toMatchObject({ status: 429, code });
  const seconds = Number(answer.headers.get("retry-after"));
  expect(seconds).toBeGreaterThan(0);
  expect(seconds).toBeLessThanOrEqual(withinSeconds);
}

describe("guessing one account's password", () => {
  test("is over after ten failures, from whatever address, and for the right one as well", async () => {
    const { email, password } = await newcomer();
    for (let failures = 0; failures < 10; failures++) {
      expect(await signIn(email, "wrong")).toMatchObject({ status: 401, code: "auth/invalid-credentials" });
    }

    expectLimited(await signIn(email, "wrong"), "auth/too-many-requests", quarterHour);
    expectLimited(await signIn(` ${email.toUpperCase()}`, password), "auth/too-many-requests", quarterHour);

    const another = await newcomer();
    expect(await signIn(another.email, another.password)).toMatchObject({ status: 200 });
  });

  test("costs no more than ten hashes when twenty come at once", async () => {
    const { email } = await newcomer();
    const answers = await Promise.all(Array.from({ length: 20 }, () => signIn(email, "wrong")));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
  });

  test("is counted for an address without an account too, so that the limit tells nothing", async () => {
    const email = newEmail();
    for (let failures = 0; failures < 10; failures++)
      expect(await signIn(email, "wrong")).toMatchObject({ status: 401 });
    expectLimited(await signIn(email, "wrong"), "auth/too-many-requests", quarterHour);
  });

  test("begins anew after a success", async () => {
    const { email, password } = await newcomer();
    for (let round = 0; round < 2; round++) {
      for (let failures = 0; failures < 9; failures++) await signIn(email, "wrong");
      expect(await signIn(email, password)).toMatchObject({ status: 200 });
    }
  });

  test("begins anew when the window is over", async () => {
    const { email, password } = await newcomer();
    for (let failures = 0; failures < 11; failures++) await signIn(email, "wrong");
    expect(await signIn(email, password)).toMatchObject({ status: 429 });

    await queryDatabase(
      `UPDATE "RateLimit" SET expire = expire - 1000 * $1::bigint WHERE key LIKE 'signInFailure:%'`,
      quarterHour,
    );
    expect(await signIn(email, password)).toMatchObject({ status: 200 });
  });
});

describe("one client address", () => {
  test.each<[string, string, number, number]>([
    ["signs up twenty times an hour", "/v1/auth/email/signup", 20, 3600],
    ["signs in a hundred times in a quarter of an hour", "/v1/auth/email/signin", 100, quarterHour],
    ["has mail sent thirty times an hour", "/v1/auth/password/reset/request", 30, 3600],
  ])("%s, whatever it sends", async (_, path, times, seconds) => {
    const visitor = guest();
    const answers = await Promise.all(Array.from({ length: times }, () => visitor.post(path, {})));
    for (const answer of answers) expect(answer).toMatchObject({ status: 400, code: "auth/invalid-email" });

    expectLimited(await visitor.post(path, {}), "auth/too-many-requests", seconds);
    expect(await guest().post(path, {})).toMatchObject({ status: 400 });
    expect(await visitor.get("/v1/data/articles?limit=1")).toMatchObject({ status: 200 });
  });

  test("calls six hundred times a minute, whatever it calls, and with whatever token", async () => {
    const member = await newcomer();
    const calls = (visitor: Caller) => [
      ...Array.from({ length: 380 }, () => visitor.get("/v1/auth/me")),
      ...Array.from({ length: 200 }, () => visitor.get("/v1/data/articles/none")),
      ...Array.from({ length: 20 }, () => visitor.get("/v1/openapi.json", { "X-API-Key": null })),
    ];
    const visitor = guest();
    const answers = await Promise.all(calls(visitor));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401, 404, 200]));

    expectLimited(await visitor.get("/v1/auth/me"), "common/too-many-requests", 60);
    expectLimited(
      await visitor.as(member.tokens.accessToken).get("/v1/auth/me"),
      "common/too-many-requests",
      60,
    );
    expect(await member.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });

  test("is the last one in X-Forwarded-For: what a caller wrote before it counts for nothing", async () => {
    const visitor = guest();
    const email = { email: "nobody" };
    for (let times = 0; times < 20; times++) {
      await visitor
        .with({ "X-Forwarded-For": `203.0.113.${times}, 198.51.100.77` })
        .post("/v1/auth/email/signup", email);
    }
    const onceMore = visitor.with({ "X-Forwarded-For": "192.0.2.1, 198.51.100.77" });
    expectLimited(await onceMore.post("/v1/auth/email/signup", email), "auth/too-many-requests", 3600);
  });
});

test("one session refreshes sixty times a minute, another of the same person's as well", async () => {
  const person = await newcomer();
  const refresh = (refreshToken: string) => guest().post<TokenPair>("/v1/auth/refresh", { refreshToken });

  let { refreshToken } = person.tokens;
  for (let times = 0; times < 60; times++) ({ refreshToken } = (await refresh(refreshToken)).body);

  expectLimited(await refresh(refreshToken), "auth/too-many-requests", 60);
  expect(await refresh((await signInAgain(person)).refreshToken)).toMatchObject({ status: 200 });
});

test("a limit speaks the caller's language, and has a request id", async () => {
  const visitor = guest().with({ "Accept-Language": "ko", "X-Request-Id": "limited-1" });
  const body = { method: "password", email: "nobody", password: newPassword(), name: "N" };
  for (let times = 0; times < 20; times++) await visitor.post("/v1/auth/email/signup", body);

  const answer = await visitor.post<{ error: { message: string } }>("/v1/auth/email/signup", body);
  expect(answer.status).toBe(429);
  expect(answer.body.error.message).toMatch(/\p{Script=Hangul}/u);
  expect(answer.headers.get("x-request-id")).toBe("limited-1");
  expect(answer.headers.get("access-control-allow-origin")).toBe("*");
});
