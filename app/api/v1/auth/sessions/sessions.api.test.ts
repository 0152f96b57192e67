import { expect, test } from "vitest";
import type { ListedSession } from "@/lib/auth/sessions/contract";
import type { Page } from "@/lib/lists/pagination";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person, signInAgain } from "@/lib/testing/people";

const sessionsOf = async (api: ReturnType<typeof guest>, query = "") =>
  (await api.get<Page<ListedSession>>(`/v1/auth/sessions${query}`)).body;

test("a user lists their sessions and ends one of them", async () => {
  const person = await newUser();
  const other = guest().as((await signInAgain(person)).accessToken);

  const { items, pagination } = await sessionsOf(person.api);
  expect(pagination).toMatchObject({ total: 2, page: 1, hasNext: false });
  expect(items.map(({ current, userId }) => ({ current, userId }))).toEqual([
    { current: false, userId: person.id },
    { current: true, userId: person.id },
  ]);
  expect(items[0]).toMatchObject({ ipAddress: expect.any(String), lastActivityAt: expect.any(String) });

  const path = `/v1/auth/sessions/${items[0]?.id}`;
  expect(await person.api.delete(path)).toMatchObject({ status: 200, body: { message: expect.any(String) } });
  expect(await other.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
  expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  expect(await person.api.delete(path)).toMatchObject({ status: 404, code: "auth/session-not-found" });
  expect((await sessionsOf(person.api)).pagination.total).toBe(1);
});

test("ending another user's session responds 404, and the session continues", async () => {
  const [mine, theirs] = [await newUser(), await newUser()];
  const [session] = (await sessionsOf(theirs.api)).items;
  for (const id of [session?.id, "made-up", crypto.randomUUID()]) {
    expect(await mine.api.delete(`/v1/auth/sessions/${id}`)).toMatchObject({
      status: 404,
      code: "auth/session-not-found",
    });
  }
  expect(await theirs.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
});

test("a request updates the session's last activity, and most requests write nothing", async () => {
  const person = await newUser();
  await queryDatabase(
    `UPDATE "Session" SET "lastActivityAt" = now() - interval '6 minutes' WHERE "userId" = $1`,
    person.id,
  );
  const [before] = await lastActivityOf(person);
  await person.api.get("/v1/auth/me");
  await expect.poll(async () => (await lastActivityOf(person))[0]).not.toEqual(before);

  // xmin, the version of a row, changes with every write.
  const versionOf = async () =>
    queryDatabase(`SELECT xmin::text FROM "Session" WHERE "userId" = $1`, person.id);
  const version = await versionOf();
  for (let calls = 0; calls < 5; calls++) await person.api.get("/v1/auth/me");
  expect(await versionOf()).toEqual(version);
});

test("the list of sessions is paginated", async () => {
  const person = await newUser();
  await signInAgain(person);
  const first = await sessionsOf(person.api, "?limit=1");
  const second = await sessionsOf(person.api, "?limit=1&page=2");
  expect(first.pagination).toEqual({
    total: 2,
    page: 1,
    limit: 1,
    totalPages: 2,
    hasNext: true,
    hasPrev: false,
  });
  expect(first.items[0]?.id).not.toBe(second.items[0]?.id);
  expect(await person.api.get("/v1/auth/sessions?limit=0")).toMatchObject({
    status: 400,
    code: "common/validation-error",
  });
});

async function lastActivityOf({ id }: Person): Promise<Date[]> {
  const rows = await queryDatabase<{ lastActivityAt: Date }>(
    `SELECT "lastActivityAt" FROM "Session" WHERE "userId" = $1`,
    id,
  );
  return rows.map(({ lastActivityAt }) => lastActivityAt);
}
