import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person } from "@/lib/testing/people";

type UserPage = { items: Record<string, unknown>[]; pagination: { total: number; totalPages: number } };

/** Marks every user of this file, and no other. The leading digit sorts before every letter. */
const mark = `0${randomUUID().slice(0, 12)}`;

let admin: Person;
let first: Person;
let second: Person;

beforeAll(async () => {
  admin = await newUser({ name: `${mark} Boss` });
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
  first = await newUser({ name: `${mark} 100% Anna` });
  second = await newUser({ email: `${mark}-b@example.com`, name: "Bora" });
  await second.api.patch(`/v1/users/${second.id}`, { nickname: `${mark} nick` });
  await withSecretKey().patch(`/v1/users/${second.id}`, { banned: true });
});

const list = (query: string, caller = admin.api) => caller.get<UserPage>(`/v1/users?${query}`);

async function idsOf(query: string): Promise<unknown[]> {
  const { status, body } = await list(`search=${mark}&${query}`);
  expect(status).toBe(200);
  return body.items.map(({ id }) => id);
}

describe("the list of users", () => {
  test("returns each user with the fields that an admin sees, the newest first", async () => {
    const { status, body } = await list(`search=${mark}`);
    expect({ status, ids: body.items.map(({ id }) => id) }).toEqual({
      status: 200,
      ids: [second.id, first.id, admin.id],
    });
    for (const item of body.items) {
      expect(item).toEqual((await admin.api.get(`/v1/users/${item.id}`)).body);
    }
    expect(body.items[0]).toMatchObject({ banned: true, email: second.email, role: "user" });
    expect(body.pagination).toMatchObject({ total: 3, page: 1, totalPages: 1 });
  });

  test("is accessible with a secret key", async () => {
    expect(await list(`search=${mark}`, withSecretKey())).toMatchObject({
      status: 200,
      body: { pagination: { total: 3 } },
    });
  });

  test("can be searched by name, nickname and email address, or by one of them", async () => {
    expect(await idsOf("searchType=name")).toEqual([first.id, admin.id]);
    expect(await idsOf("searchType=nickname")).toEqual([second.id]);
    expect(await idsOf("searchType=email")).toEqual([second.id]);
    const wildcard = await list(`search=${encodeURIComponent(`${mark} 100% a`)}`);
    expect(wildcard.body.items.map(({ id }) => id)).toEqual([first.id]);
    expect(await list(`search=${encodeURIComponent(`${mark}%`)}`)).toMatchObject({
      body: { items: [], pagination: { total: 0, totalPages: 0 } },
    });
  });

  test("can be filtered by role and ban", async () => {
    expect(await idsOf("role=admin")).toEqual([admin.id]);
    expect(await idsOf("banned=true")).toEqual([second.id]);
    expect(await idsOf("banned=false&role=user")).toEqual([first.id]);
  });

  test("can be sorted and paginated", async () => {
    expect(await idsOf("sortBy=name&sortDirection=asc")).toEqual([first.id, admin.id, second.id]);
    expect(await idsOf("sortBy=role&sortDirection=asc&limit=1")).toEqual([admin.id]);
    expect(await idsOf("limit=1&page=2")).toEqual([first.id]);
    for (const sortBy of ["createdAt", "updatedAt", "email"]) {
      expect(await idsOf(`sortBy=${sortBy}`)).toHaveLength(3);
    }
  });

  test.each([
    "sortBy=passwordHash",
    "sortDirection=up",
    "limit=0",
    "limit=101",
    "page=1e18",
    "role=owner",
    "banned=yes",
    "searchType=bio",
    `search=${"x".repeat(201)}`,
    "search=%00",
  ])("rejects ?%s", async (query) => {
    expect(await list(query)).toMatchObject({ status: 400, code: "common/validation-error" });
  });

  test("treats SQL in the search as text", async () => {
    for (const attack of ["' OR 1=1 --", '%\'; DROP TABLE "User"; --']) {
      expect(await list(`search=${encodeURIComponent(attack)}`)).toMatchObject({ body: { items: [] } });
    }
  });

  test("is accessible to admins only, and not after a demotion", async () => {
    expect(await list("", guest())).toMatchObject({ status: 401, code: "auth/unauthorized" });
    expect(await list("", first.api)).toMatchObject({ status: 403, code: "user/forbidden" });
    const former = await newUser();
    await withSecretKey().patch(`/v1/users/${former.id}/role`, { role: "admin" });
    expect(await list("limit=1", former.api)).toMatchObject({ status: 200 });
    await withSecretKey().patch(`/v1/users/${former.id}/role`, { role: "user" });
    expect(await list("limit=1", former.api)).toMatchObject({ status: 403, code: "user/forbidden" });
  });
});

describe("the role of a user", () => {
  test("can be changed by an admin, and the response is the user", async () => {
    const person = await newUser();
    expect(await admin.api.patch(`/v1/users/${person.id}/role`, { role: "guest" })).toMatchObject({
      status: 200,
      body: { id: person.id, role: "guest", banned: false },
    });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { role: "guest" } });
  });

  test.each([[{ role: "owner" }], [{ role: null }], [{ role: 1 }], [{}]])("cannot be %j", async (body) => {
    expect(await admin.api.patch(`/v1/users/${first.id}/role`, body)).toMatchObject({
      status: 400,
      code: "user/invalid-role",
    });
  });

  test("cannot be changed together with another field", async () => {
    const body = { role: "user", banned: true };
    expect(await admin.api.patch(`/v1/users/${first.id}/role`, body)).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
  });

  test("cannot be changed by anyone else, not even by the user", async () => {
    const role = { role: "admin" };
    const path = `/v1/users/${first.id}/role`;
    expect(await guest().patch(path, role)).toMatchObject({ status: 401 });
    expect(await first.api.patch(path, role)).toMatchObject({ status: 403, code: "user/forbidden" });
    expect(await (await newUser()).api.patch(path, role)).toMatchObject({
      status: 403,
      code: "user/forbidden",
    });
    expect(await admin.api.patch(`/v1/users/${admin.id}/role`, { role: "user" })).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
    expect(await admin.api.patch("/v1/users/none/role", role)).toMatchObject({ status: 404 });
    expect(await first.api.get("/v1/auth/me")).toMatchObject({ body: { role: "user" } });
  });
});
