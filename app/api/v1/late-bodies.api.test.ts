import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, inject, test } from "vitest";
import { contracts } from "@/lib/api/contracts";
import { newPassword } from "@/lib/testing/app/secrets";
import { freshAddress, guest, secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { beginRequest, type LateRequest } from "@/lib/testing/late-request";
import { newcomer, newEmail, type Person, signInAgain, writeArticle } from "@/lib/testing/people";
import { picture } from "@/lib/testing/pictures";
import { fetchForm } from "@/lib/testing/plain-form";
import { askForFileUpload } from "@/lib/testing/uploads";

// The attack: headers with a good token, half of a body, and the rest once the token is worth nothing any more.

const app = inject("appUrl");

const setRole = (person: Person, role: string) => secretHolder().patch(`/v1/users/${person.id}`, { role });

/** Sends the headers of a call and half of its body, and waits until the server has looked at the headers. */
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
  // Later on its way than the headers, and answered by the same steps.
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
    ({ id }) => secretHolder().patch(`/v1/users/${id}`, { banned: true }),
    403,
    "auth/account-banned",
  ],
  ["a deletion", ({ id }) => secretHolder().delete(`/v1/users/${id}`), 401, "auth/invalid-token"],
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

describe.each(revocations)("a body that is complete after %s", (_revocation, revoke, status, code) => {
  test.concurrent.each(requests)("is refused at %s", async (_name, requestOf) => {
    const person = await newcomer();
    const { method, path, body } = await requestOf(person);
    const late = await begin(person, method, path, body);
    expect(await revoke(person)).toMatchObject({ status: 200 });
    expect(await late.finish()).toMatchObject({ status, code });
  });
});

test("a body that is complete after a sign-out is refused at every endpoint that takes a token", async () => {
  const person = await newcomer();
  const taking = contracts.filter(({ access, body }) => body && !["open", "public"].includes(access));
  const late = await Promise.all(
    taking.map(({ method, path }) =>
      begin(person, method, path.replaceAll(/\{\w+\}/g, randomUUID()), { pad: "x" }),
    ),
  );
  await person.api.post("/v1/auth/signout");
  const answers = await Promise.all(late.map((request) => request.finish()));
  const statuses = taking.map(({ method, path }, index) => [method, path, answers[index]?.code]);
  expect(statuses).toEqual(taking.map(({ method, path }) => [method, path, "auth/invalid-token"]));
});

test("does nothing with the mail address of a thief once the owner has signed out", async () => {
  const person = await newcomer();
  const email = newEmail();
  const late = await begin(person, "POST", "/v1/auth/email/verify/send", { email });
  await person.api.post("/v1/auth/signout");
  expect((await late.finish()).status).toBe(401);
  expect(await queryDatabase(`SELECT 1 FROM "OutboxMail" WHERE "to" = $1`, email)).toEqual([]);
  expect(await queryDatabase(`SELECT 1 FROM "EmailToken" WHERE email = $1`, email)).toEqual([]);
});

describe("a body that is complete after its sender was demoted", () => {
  // The last admin could not be demoted.
  beforeAll(async () => {
    await setRole(await newcomer(), "admin");
  });

  test.concurrent.each<[string, Record<string, unknown>]>([
    ["makes no user an admin", { role: "admin" }],
    ["bans no user", { banned: true }],
  ])("%s", async (_name, body) => {
    const [admin, user] = [await newcomer(), await newcomer()];
    await setRole(admin, "admin");
    const late = await begin(admin, "PATCH", `/v1/users/${user.id}`, body);
    expect(await setRole(admin, "user")).toMatchObject({ status: 200 });
    expect(await late.finish()).toMatchObject({ status: 403, code: "user/forbidden" });
    const rows = await queryDatabase(`SELECT role, "bannedAt" FROM "User" WHERE id = $1`, user.id);
    expect(rows).toEqual([{ role: "user", bannedAt: null }]);
  });

  test("changes no article of another author", async () => {
    const [admin, author] = [await newcomer(), await newcomer()];
    await setRole(admin, "admin");
    const { id } = await writeArticle(author, { isPublished: true });
    const late = await begin(admin, "PATCH", `/v1/data/articles/${id}`, { title: "Taken" });
    await setRole(admin, "user");
    expect(await late.finish()).toMatchObject({ status: 403, code: "data/permission-denied" });
  });
});

test("a body in two pieces is taken where nothing was revoked", async () => {
  const person = await newcomer();
  const late = await begin(person, "POST", "/v1/data/articles", { title: "Slow", content: "Words." });
  expect(await late.finish()).toMatchObject({ status: 201 });
});

test.concurrent("a body that is not complete after ten seconds is refused, and its connection closed", async () => {
  const person = await newcomer();
  const begun = await Promise.all([
    begin(person, "POST", "/v1/data/articles", { title: "Never", content: "Words." }),
    begin(person, "POST", "/mcp", { jsonrpc: "2.0", id: 1, method: "ping" }), // part: mcp
  ]);
  const answers = await Promise.all(begun.map((request) => request.cutOff()));
  for (const answer of answers) {
    expect(answer).toMatchObject({ status: 408, headers: { connection: "close" } });
  }
  expect(answers[0]).toMatchObject({ code: "common/request-timeout" });
});

test("an upload that is complete after its owner was banned, or is gone, is refused", async () => {
  for (const revoke of [
    ({ id }: Person) => secretHolder().patch(`/v1/users/${id}`, { banned: true }),
    ({ id }: Person) => secretHolder().delete(`/v1/users/${id}`),
  ]) {
    const person = await newcomer();
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

describe("a form of a page that is complete after a sign-out", () => {
  /** Signs in on the page. @returns the headers by which the browser is known from then on. */
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

  test("sets no avatar", async () => {
    const person = await newcomer();
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

  test("changes no profile by a server action", async () => {
    const person = await newcomer();
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
