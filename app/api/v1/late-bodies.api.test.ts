import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { contracts } from "@/lib/api/contracts";
import { newPassword } from "@/lib/testing/app/secrets";
import { freshAddress, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { beginRequest, type LateRequest } from "@/lib/testing/late-request";
import { newEmail, newUser, type Person, signInAgain, writeArticle } from "@/lib/testing/people";
import { picture } from "@/lib/testing/pictures";
import { fetchForm } from "@/lib/testing/plain-form";
import { askForFileUpload } from "@/lib/testing/uploads";

// The attack: send the headers with a valid token and half of the body, and the rest after the token was revoked.

const app = inject("appUrl");

const setRole = (person: Person, role: string) => withSecretKey().patch(`/v1/users/${person.id}`, { role });

/** Sends the headers of a call and half of its body, and waits until the server has checked the headers. */
async function begin(person: Person, method: string, path: string, body: unknown): Promise<LateRequest> {
  const late = await beginRequest(`${app}/api${path}`, {
    method,
    headers: {
      "X-API-Key": inject("publishableKey"),
      "X-Forwarded-For": freshAddress(),
      Authorization: `Bearer ${person.tokens.accessToken}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  // Sent after the headers and handled by the same steps: once these have responded, the headers were checked.
  for (let turn = 0; turn < 3; turn += 1) await person.api.get("/v1/auth/me");
  return late;
}

const revocations: [string, (person: Person) => Promise<{ status: number }>, number, string][] = [
  ["a sign-out", ({ api }) => api.post("/v1/auth/signout"), 401, "auth/invalid-token"],
  [
    "a password change in another session",
    async (person) => {
      const { accessToken } = await signInAgain(person);
      const change = { currentPassword: person.password, newPassword: newPassword() };
      return guest().as(accessToken).post("/v1/auth/password/change", change);
    },
    401,
    "auth/invalid-token",
  ],
  [
    "a ban",
    ({ id }) => withSecretKey().patch(`/v1/users/${id}`, { banned: true }),
    403,
    "auth/account-banned",
  ],
  ["a deletion", ({ id }) => withSecretKey().delete(`/v1/users/${id}`), 401, "auth/invalid-token"],
];

type Request = { method: string; path: string; body: unknown };

const requests: [string, (person: Person) => Promise<Request> | Request][] = [
  [
    "POST /v1/auth/email/verify/send",
    () => ({ method: "POST", path: "/v1/auth/email/verify/send", body: { email: newEmail() } }),
  ],
  [
    "POST /v1/data/articles",
    () => ({
      method: "POST",
      path: "/v1/data/articles",
      body: { title: "Late", content: "Words.", isPublished: true },
    }),
  ],
  [
    "PATCH /v1/data/articles/{id}",
    async (person) => {
      const { id } = await writeArticle(person);
      return { method: "PATCH", path: `/v1/data/articles/${id}`, body: { title: "Late" } };
    },
  ],
  [
    "POST /v1/auth/password/change",
    ({ password }) => ({
      method: "POST",
      path: "/v1/auth/password/change",
      body: { currentPassword: password, newPassword: newPassword() },
    }),
  ],
  [
    "PATCH /v1/users/{id}",
    ({ id }) => ({ method: "PATCH", path: `/v1/users/${id}`, body: { name: "Late" } }),
  ],
  [
    "POST /v1/files/presigned-url",
    () => ({
      method: "POST",
      path: "/v1/files/presigned-url",
      body: { filename: "late.png", contentType: "image/png" },
    }),
  ],
  ["POST /v1/data/tags", () => ({ method: "POST", path: "/v1/data/tags", body: { name: "late" } })],
  // part: social-sign-in
  [
    "POST /v1/auth/accounts",
    () => ({
      method: "POST",
      path: "/v1/auth/accounts",
      body: { provider: "google", code: "late", redirectUri: app },
    }),
  ],
  // end of part: social-sign-in
];

describe.each(revocations)("a request body completed after %s", (_revocation, revoke, status, code) => {
  test.concurrent.each(requests)("is rejected at %s", async (_name, requestOf) => {
    const person = await newUser();
    const { method, path, body } = await requestOf(person);
    const late = await begin(person, method, path, body);
    expect(await revoke(person)).toMatchObject({ status: 200 });
    expect(await late.finish()).toMatchObject({ status, code });
  });
});

test("a request body completed after a sign-out is rejected at every endpoint that accepts a token", async () => {
  const person = await newUser();
  const authenticated = contracts.filter(({ access, body }) => body && !["open", "public"].includes(access));
  const late = await Promise.all(
    authenticated.map(({ method, path }) =>
      begin(person, method, path.replaceAll(/\{\w+\}/g, randomUUID()), { pad: "x" }),
    ),
  );
  await person.api.post("/v1/auth/signout");
  const answers = await Promise.all(late.map((request) => request.finish()));
  const statuses = authenticated.map(({ method, path }, index) => [method, path, answers[index]?.code]);
  expect(statuses).toEqual(authenticated.map(({ method, path }) => [method, path, "auth/invalid-token"]));
});

test("a request body completed after the owner signed out does not set an attacker's email address", async () => {
  const person = await newUser();
  const email = newEmail();
  const late = await begin(person, "POST", "/v1/auth/email/verify/send", { email });
  await person.api.post("/v1/auth/signout");
  expect((await late.finish()).status).toBe(401);
  expect(await queryDatabase(`SELECT 1 FROM "OutboxMail" WHERE "to" = $1`, email)).toEqual([]);
  expect(await queryDatabase(`SELECT 1 FROM "EmailToken" WHERE email = $1`, email)).toEqual([]);
});

describe("a request body completed after its sender was demoted", () => {
  // Another admin: the last one cannot be demoted.
  beforeAll(async () => {
    await setRole(await newUser(), "admin");
  });

  test.concurrent.each<[string, Record<string, unknown>]>([
    ["does not make a user an admin", { role: "admin" }],
    ["does not ban a user", { banned: true }],
  ])("%s", async (_name, body) => {
    const [admin, user] = [await newUser(), await newUser()];
    await setRole(admin, "admin");
    const late = await begin(admin, "PATCH", `/v1/users/${user.id}`, body);
    expect(await setRole(admin, "user")).toMatchObject({ status: 200 });
    expect(await late.finish()).toMatchObject({ status: 403, code: "user/forbidden" });
    const rows = await queryDatabase(`SELECT role, "bannedAt" FROM "User" WHERE id = $1`, user.id);
    expect(rows).toEqual([{ role: "user", bannedAt: null }]);
  });

  test("does not change an article of another author", async () => {
    const [admin, author] = [await newUser(), await newUser()];
    await setRole(admin, "admin");
    const { id } = await writeArticle(author, { isPublished: true });
    const late = await begin(admin, "PATCH", `/v1/data/articles/${id}`, { title: "Taken" });
    await setRole(admin, "user");
    expect(await late.finish()).toMatchObject({ status: 403, code: "data/permission-denied" });
  });
});

test("a request body in two pieces is accepted if nothing was revoked", async () => {
  const person = await newUser();
  const late = await begin(person, "POST", "/v1/data/articles", { title: "Slow", content: "Words." });
  expect(await late.finish()).toMatchObject({ status: 201 });
});

test.concurrent("a request body that is incomplete after ten seconds is rejected, and its connection closed", async () => {
  const person = await newUser();
  const started = await Promise.all([
    begin(person, "POST", "/v1/data/articles", { title: "Never", content: "Words." }),
    begin(person, "POST", "/mcp", { jsonrpc: "2.0", id: 1, method: "ping" }), // part: mcp
  ]);
  const answers = await Promise.all(started.map((request) => request.cutOff()));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 408, headers: { connection: "close" } });
  }
  expect(answers[0]).toMatchObject({ code: "common/request-timeout" });
});

test("an upload completed after its owner was banned or deleted is rejected", async () => {
  for (const revoke of [
    ({ id }: Person) => withSecretKey().patch(`/v1/users/${id}`, { banned: true }),
    ({ id }: Person) => withSecretKey().delete(`/v1/users/${id}`),
  ]) {
    const person = await newUser();
    const { url, key } = await askForFileUpload(person, { visibility: "public" });
    const late = await beginRequest(url, {
      method: "PUT",
      headers: { "Content-Type": "image/png" },
      body: await picture("png"),
    });
    for (let turn = 0; turn < 3; turn += 1) await guest().get("/v1/data/articles?limit=1");
    await revoke(person);
    expect(await late.finish()).toMatchObject({ status: 403, code: "file/access-denied" });
    expect((await fetch(`${app}/api/v1/storage/${key}`)).status).toBe(404);
  }
});

describe("a page's form submission completed after a sign-out", () => {
  /** Signs in on the page. @returns the request headers of the signed-in browser. */
  async function openBrowser({ email, password }: Person): Promise<Record<string, string>> {
    const body = await fetchForm(`${app}/signin`, 'name="password"');
    body.set("email", email);
    body.set("password", password);
    const headers = { Origin: app, "X-Forwarded-For": freshAddress() };
    const answer = await fetch(`${app}/signin`, { method: "POST", body, headers, redirect: "manual" });
    const cookies = answer.headers.getSetCookie().map((cookie) => cookie.split(";")[0]);
    return { ...headers, Cookie: cookies.join("; ") };
  }

  async function beginForm(
    address: string,
    form: FormData,
    headers: Record<string, string>,
  ): Promise<LateRequest> {
    const encoded = new Response(form);
    const type = encoded.headers.get("content-type") ?? "";
    const body = new Uint8Array(await encoded.arrayBuffer());
    const late = await beginRequest(address, {
      method: "POST",
      headers: { ...headers, "Content-Type": type },
      body,
    });
    for (let turn = 0; turn < 3; turn += 1) await guest().get("/v1/data/articles?limit=1");
    return late;
  }

  const endSessions = ({ id }: Person) =>
    queryDatabase(`UPDATE "Session" SET "endedAt" = now() WHERE "userId" = $1`, id);

  test("does not set an avatar", async () => {
    const person = await newUser();
    const browser = await openBrowser(person);
    const form = new FormData();
    form.append("picture", new File([new Uint8Array(await picture("png"))], "me.png"));
    const late = await beginForm(`${app}/me/avatar`, form, browser);
    await endSessions(person);
    expect(await late.finish()).toMatchObject({
      status: 303,
      headers: { location: expect.stringMatching(/^\/signin\?/) },
    });
    expect(await queryDatabase(`SELECT image FROM "User" WHERE id = $1`, person.id)).toEqual([
      { image: null },
    ]);
  });

  test("does not change a profile by a server action", async () => {
    const person = await newUser();
    const browser = await openBrowser(person);
    const form = await fetchForm(`${app}/me/profile`, 'name="nickname"', browser);
    form.set("name", "Late");
    form.set("bio", "");
    const late = await beginForm(`${app}/me/profile`, form, browser);
    await endSessions(person);
    expect((await late.finish()).headers.location ?? "").not.toContain("saved");
    const rows = await queryDatabase(`SELECT name FROM "User" WHERE id = $1`, person.id);
    expect(rows).toEqual([{ name: person.name }]);
  });
});
