import { afterAll, beforeAll, expect, test } from "vitest";
import { testSettings } from "@/lib/testing/app/settings";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller, freshAddress } from "@/lib/testing/caller";
import { newUser, type Person } from "@/lib/testing/people";
import { PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

// A separate app: who the last admin is depends on every account in the database.

let app: TestApp;
let server: Caller;

const visitor = () =>
  new Caller({ "X-API-Key": testSettings.PUBLISHABLE_KEY, "X-Forwarded-For": freshAddress() }, app.url);

beforeAll(async () => {
  app = await startTestApp();
  server = new Caller({ "X-API-Key": testSettings.SECRET_KEY }, app.url);
});

afterAll(async () => {
  await app?.stop();
});

async function newAdmin(): Promise<Person> {
  const person = await newUser({}, visitor());
  expect(await server.patch(`/v1/users/${person.id}/role`, { role: "admin" })).toMatchObject({ status: 200 });
  return person;
}

async function admins(): Promise<number> {
  const { body } = await server.get<{ pagination: { total: number } }>("/v1/users?role=admin&banned=false");
  return body.pagination.total;
}

test("the last admin cannot be demoted, banned or deleted, and banned admins do not count", async () => {
  const [last, banned] = [await newAdmin(), await newAdmin()];
  expect(await server.patch(`/v1/users/${banned.id}`, { banned: true })).toMatchObject({ status: 200 });
  const rejected = { status: 409, code: "user/last-admin" };
  expect(await server.patch(`/v1/users/${last.id}/role`, { role: "user" })).toMatchObject(rejected);
  expect(await server.patch(`/v1/users/${last.id}`, { role: "guest" })).toMatchObject(rejected);
  expect(await server.patch(`/v1/users/${last.id}`, { banned: true })).toMatchObject(rejected);
  expect(await server.delete(`/v1/users/${last.id}`)).toMatchObject(rejected);
  expect(await last.api.delete("/v1/auth/withdraw")).toMatchObject(rejected);
  expect(await last.api.delete(`/v1/users/${last.id}`)).toMatchObject(rejected);
  expect(await last.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "admin" } });
  const browser = new PlainBrowser(app.url);
  await browser.signIn(last);
  const left = await browser.send("/me/data", 'name="email"', { email: last.email });
  expect(await shownBy(left)).toContain("Make another user an admin first.");
  // Rejected changes are not recorded, and other changes work.
  const log = await server.get(`/v1/audit-log?targetId=${last.id}`);
  expect(log).toMatchObject({ body: { items: [{ action: "user.role-changed" }] } });
  expect(await server.patch(`/v1/users/${last.id}`, { role: "admin", banned: false })).toMatchObject({
    status: 200,
  });
  // A banned admin can be deleted, and this one too once there is another.
  expect(await server.delete(`/v1/users/${banned.id}`)).toMatchObject({ status: 200 });
  await newAdmin();
  expect(await last.api.delete("/v1/auth/withdraw")).toMatchObject({ status: 200 });
  expect(await admins()).toBe(1);
});

test("concurrent demotions, bans and deletions of admins leave one", async () => {
  for (let round = 0; round < 3; round += 1) {
    const two = [await newAdmin(), await newAdmin()] as const;
    const others = await server.get<{ items: { id: string }[] }>("/v1/users?role=admin");
    for (const { id } of others.body.items) {
      if (!two.some((admin) => admin.id === id)) await server.delete(`/v1/users/${id}`);
    }
    expect(await admins()).toBe(2);
    const [one, other] = two;
    const attacks = [
      [one, other],
      [other, one],
    ] as const;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => {
        const [by, target] = attacks[index % 2 === 0 ? 0 : 1];
        const path = `/v1/users/${target.id}`;
        if (index % 5 < 2) return by.api.patch(`${path}/role`, { role: "user" });
        if (index % 5 < 4) return by.api.patch(path, { banned: true });
        return by.api.delete(path);
      }),
    );
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThan(0);
    expect(await admins()).toBe(1);
  }
});
