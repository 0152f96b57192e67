import { decodeJwt } from "jose";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { eventsOf } from "@/lib/testing/app/app-log";
import { newPassword, secretsIn } from "@/lib/testing/app/secrets";
import { type Caller, guest } from "@/lib/testing/caller";
import { linkOf, mailTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, signInAgain } from "@/lib/testing/people";

/** The logged events of a user's requests, found by their request ID. */
async function eventsFor(act: (caller: Caller) => Promise<unknown>) {
  const requestId = crypto.randomUUID();
  await act(guest().with({ "X-Request-Id": requestId }));
  await expect.poll(() => eventsOf(requestId)).not.toEqual([]);
  return eventsOf(requestId);
}

const signIn = (caller: Caller, email: string, password: string) =>
  caller.post("/v1/auth/email/signin", { method: "password", email, password });

const common = {
  time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  requestId: expect.any(String),
  ip: expect.stringMatching(/^\d+(\.\d+){3}$/),
};

describe("one event is logged for", () => {
  test("a sign-up", async () => {
    let id = "";
    const events = await eventsFor(async (caller) => ({ id } = await newUser({}, caller)));
    expect(events).toEqual([{ ...common, level: "info", event: "auth.signed-up", userId: id }]);
  });

  test("a successful sign-in", async () => {
    const { id, email, password } = await newUser();
    const events = await eventsFor((caller) => signIn(caller, email, password));
    expect(events).toEqual([{ ...common, level: "info", event: "auth.signed-in", userId: id }]);
  });

  test("a session that is ended from another session", async () => {
    const person = await newUser();
    const { accessToken } = await signInAgain(person);
    const { sid } = decodeJwt(accessToken);
    const events = await eventsFor((caller) =>
      caller.as(person.tokens.accessToken).delete(`/v1/auth/sessions/${sid}`),
    );
    expect(events).toEqual([
      { ...common, level: "info", event: "auth.session-ended", userId: person.id, sessionId: sid },
    ]);
  });

  test("a sign-out", async () => {
    const { id, tokens } = await newUser();
    const events = await eventsFor((caller) => caller.as(tokens.accessToken).post("/v1/auth/signout"));
    expect(events).toEqual([{ ...common, level: "info", event: "auth.signed-out", userId: id }]);
  });

  test("an email verification, a password reset and a password change", async () => {
    const person = await newUser();
    const { email } = person;
    const info = { ...common, level: "info", userId: person.id };

    const link = linkOf(await mailTo(email, "verify-sign-up"));
    const confirmed = await eventsFor((caller) =>
      caller.get(link.pathname.replace(/^\/api/, "") + link.search),
    );
    expect(confirmed).toEqual([{ ...info, event: "auth.email-verified" }]);

    await guest().post("/v1/auth/password/reset/request", { email });
    const { token } = linkOf(await mailTo(email, "reset-password"));
    const chosen = newPassword();
    const reset = await eventsFor((caller) =>
      caller.post("/v1/auth/password/reset/confirm", { email, token, newPassword: chosen }),
    );
    expect(reset).toEqual([{ ...info, event: "auth.password-reset" }]);

    const { accessToken } = await signInAgain({ ...person, password: chosen });
    const body = { currentPassword: chosen, newPassword: newPassword() };
    const changed = await eventsFor((caller) =>
      caller.as(accessToken).post("/v1/auth/password/change", body),
    );
    expect(changed).toEqual([{ ...info, event: "auth.password-changed" }]);
  });

  test("a ban, with the user who issued it", async () => {
    const { id } = await newUser();
    const events = await eventsFor((caller) =>
      caller.with({ "X-API-Key": inject("secretKey") }).patch(`/v1/users/${id}`, { banned: true }),
    );
    const { ip: _, ...rest } = common;
    expect(events).toEqual([
      { ...rest, level: "info", event: "user.rights-changed", userId: id, by: null, banned: true },
    ]);
  });

  const rejected = { ...common, level: "warn", event: "request.refused" };

  test("a failed sign-in, without the email address and the password", async () => {
    const { id, email } = await newUser();
    const accounts: unknown[] = [];
    for (const named of [email, newEmail()]) {
      const events = await eventsFor((caller) => signIn(caller, named, newPassword()));
      const path = "/api/v1/auth/email/signin";
      const account = expect.any(String);
      expect(events).toEqual([
        { ...rejected, code: "auth/invalid-credentials", account, method: "POST", path },
      ]);
      expect(JSON.stringify(events)).not.toContain(named);
      accounts.push(events[0]?.account);
    }
    expect(accounts).toEqual([id, expect.stringMatching(/^unknown:[\w-]{16}$/)]);
  });

  test("each failed sign-in, with the same account id even for an unknown email address", async () => {
    const named = newEmail();
    const events = await eventsFor(async (caller) => {
      for (let times = 0; times < 11; times++) await signIn(caller, named, newPassword());
    });
    expect(new Set(events.map(({ account }) => account)).size).toBe(1);
    expect(events.map(({ code }) => code)).toEqual([
      ...Array(10).fill("auth/invalid-credentials"),
      "auth/too-many-requests",
    ]);
  });

  test("a rejected token, without the token", async () => {
    const { tokens } = await newUser();
    const events = await eventsFor((caller) => caller.as(`${tokens.accessToken}x`).get("/v1/auth/me"));
    expect(events).toEqual([
      { ...rejected, code: "auth/invalid-token", method: "GET", path: "/api/v1/auth/me" },
    ]);
    expect(secretsIn(JSON.stringify(events))).toEqual([]);
  });

  test("a rejected key", async () => {
    const events = await eventsFor((caller) =>
      caller.with({ "X-API-Key": "pk_none" }).get("/v1/auth/me?key=mine"),
    );
    expect(events).toEqual([
      { ...rejected, code: "common/invalid-api-key", method: "GET", path: "/api/v1/auth/me" },
    ]);
  });

  test("the reuse of a refresh token, besides one for its rejection", async () => {
    const { id, tokens } = await newUser();
    const refresh = (caller: Caller, refreshToken: string) =>
      caller.post<TokenPair>("/v1/auth/refresh", { refreshToken });
    const second = (await refresh(guest(), tokens.refreshToken)).body;
    await refresh(guest(), second.refreshToken);

    const events = await eventsFor((caller) => refresh(caller, tokens.refreshToken));
    expect(events).toEqual([
      {
        ...common,
        level: "warn",
        event: "auth.refresh-token-reused",
        userId: id,
        sessionId: expect.any(String),
      },
      { ...rejected, code: "auth/invalid-refresh-token", method: "POST", path: "/api/v1/auth/refresh" },
    ]);
  });

  test("a rate limit that was reached", async () => {
    const events = await eventsFor(async (caller) => {
      for (let times = 0; times < 21; times++) await caller.post("/v1/auth/email/signup", {});
    });
    const path = "/api/v1/auth/email/signup";
    expect(events).toEqual([{ ...rejected, code: "auth/too-many-requests", method: "POST", path }]);
  });

  // part: share-cards
  test("a share image that is requested too often", async () => {
    const requestId = crypto.randomUUID();
    // RSC requests of the router bypass the cache: each of these cards is rendered.
    const headers = { "X-Request-Id": requestId, "X-Forwarded-For": "10.61.61.61", RSC: "1" };
    for (let times = 0; times < 61; times++) await fetch(`${inject("appUrl")}/card.png`, { headers });
    await expect.poll(() => eventsOf(requestId)).not.toEqual([]);
    expect(await eventsOf(requestId)).toEqual([
      { ...common, level: "warn", event: "document.refused", code: "common/too-many-requests" },
    ]);
  });
  // end of part: share-cards

  test("a forbidden change", async () => {
    const [author, reader] = [await newUser(), await newUser()];
    const article = { title: "T", content: "C", isPublished: true };
    const { body } = await author.api.post<{ id: string }>("/v1/data/articles", article);
    const path = `/v1/data/articles/${body.id}`;
    const events = await eventsFor((caller) => caller.as(reader.tokens.accessToken).delete(path));
    expect(events).toEqual([
      { ...rejected, code: "data/permission-denied", method: "DELETE", path: `/api${path}` },
    ]);
  });
});

test("a caller's input cannot forge a log line", async () => {
  const requestId = crypto.randomUUID();
  const forged = `{"event":"auth.signed-in","requestId":"${requestId}"}`;
  await guest()
    .with({ "X-Forwarded-For": `10.0.0.1 ${forged}`, "User-Agent": forged })
    .get(`/v1/auth/me?${encodeURIComponent(`\n${forged}\n`)}`);
  const { headers } = await guest().get(`/v1/data/articles/${encodeURIComponent(`\n${forged}\n`)}`);
  expect(headers.get("x-request-id")).not.toBe(requestId);
  expect(await eventsOf(requestId)).toEqual([]);
});
