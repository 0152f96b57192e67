import { describe, expect, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser, type Person, signInAgain, writeArticle } from "@/lib/testing/people";

const pathOf = ({ id }: Person) => `/v1/users/${id}`;

async function admin(): Promise<Person> {
  const person = await newUser();
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, person.id);
  return person;
}

const publicFields = ["bio", "createdAt", "id", "image", "name", "nickname", "socialLinks"];
const ownFields = [...publicFields, "email", "emailVerified", "mfaEnabled", "role", "updatedAt"].sort();

describe("getting a user", () => {
  test.each<[string, (person: Person) => Promise<Person["api"]>, string[]]>([
    ["returns the full profile to the user", async (person) => person.api, ownFields],
    ["returns the public profile to other users", async () => (await newUser()).api, publicFields],
    [
      "returns the full profile with the ban to an admin",
      async () => (await admin()).api,
      [...ownFields, "banned"].sort(),
    ],
    [
      "returns the full profile with the ban to a secret key",
      async () => withSecretKey(),
      [...ownFields, "banned"].sort(),
    ],
  ])("%s", async (_name, callerFor, fields) => {
    const person = await newUser();
    const caller = await callerFor(person);
    for (const path of [pathOf(person), `${pathOf(person)}/profile`]) {
      const { status, body } = await caller.get<object>(path);
      expect({ status, fields: Object.keys(body).sort() }).toEqual({ status: 200, fields });
    }
  });

  test("is rejected without a token, and for an unknown user", async () => {
    const person = await newUser();
    expect(await guest().get(pathOf(person))).toMatchObject({ status: 401, code: "auth/unauthorized" });
    expect(await person.api.get("/v1/users/unknown")).toMatchObject({ status: 404, code: "user/not-found" });
  });
});

describe("a change to a profile", () => {
  test("affects only the fields that are sent", async () => {
    const person = await newUser();
    const changed = {
      name: " 새 이름 ",
      nickname: "별명",
      bio: "쓰는 사람",
      socialLinks: { github: "https://github.com/a" },
    };
    expect(await person.api.patch(pathOf(person), changed)).toMatchObject({
      status: 200,
      body: {
        name: "새 이름",
        nickname: "별명",
        bio: "쓰는 사람",
        socialLinks: { github: "https://github.com/a", twitter: null, linkedin: null },
        email: person.email,
      },
    });
    expect(
      await person.api.patch(`${pathOf(person)}/profile`, { bio: null, socialLinks: null }),
    ).toMatchObject({
      status: 200,
      body: { name: "새 이름", nickname: "별명", bio: null, socialLinks: null },
    });
  });

  test("with an empty patch has no effect", async () => {
    const person = await newUser();
    const { body: before } = await person.api.get(pathOf(person));
    expect(await person.api.patch(pathOf(person), {})).toMatchObject({ status: 200, body: before as object });
  });

  test.each([
    { email: "new@example.com" },
    { emailVerified: true },
    { id: "x" },
    { passwordHash: "x" },
    { bannedAt: null },
    { createdAt: "2020-01-01T00:00:00.000Z" },
    { role: "admin" },
    { banned: false },
    { name: "" },
    { name: null },
    { name: "x".repeat(101) },
    { nickname: "" },
    { nickname: "x".repeat(51) },
    { bio: "x".repeat(501) },
    { bio: "a\0b" },
    { socialLinks: { github: "http://github.com/a" } },
    { socialLinks: { github: "javascript:alert(1)" } },
    { socialLinks: { github: "https:a" } },
    { socialLinks: { mastodon: "https://example.com" } },
    { image: "https://example.com/another.png" },
  ])("is rejected with %j", async (patch) => {
    const person = await newUser();
    const { body: before } = await person.api.get(pathOf(person));
    expect(await person.api.patch(pathOf(person), patch)).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
    expect((await person.api.get(pathOf(person))).body).toEqual(before);
  });

  test("of another user is rejected, as is deleting them", async () => {
    const [mine, theirs] = [await newUser(), await newUser()];
    for (const attempt of [
      mine.api.patch(pathOf(theirs), { name: "Mine now" }),
      mine.api.patch(`${pathOf(theirs)}/profile`, { name: "Mine now" }),
      mine.api.delete(pathOf(theirs)),
    ]) {
      expect(await attempt).toMatchObject({ status: 403, code: "user/forbidden" });
    }
    expect(await theirs.api.get(pathOf(theirs))).toMatchObject({ body: { name: theirs.name } });
  });
});

describe("an admin", () => {
  test("bans a user, whose next request fails, and unbans them", async () => {
    const person = await newUser();
    await person.api.patch(pathOf(person), { nickname: "Min", bio: "Writes letters." });
    expect(await (await admin()).api.patch(pathOf(person), { banned: true })).toMatchObject({
      status: 200,
      body: { banned: true },
    });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 403, code: "auth/account-banned" });
    const hidden = { name: person.name, nickname: null, bio: null, socialLinks: null };
    expect((await (await newUser()).api.get(pathOf(person))).body).toMatchObject(hidden);
    expect((await withSecretKey().get(pathOf(person))).body).toMatchObject({ bio: "Writes letters." });
    expect(
      await guest().post("/v1/auth/refresh", { refreshToken: person.tokens.refreshToken }),
    ).toMatchObject({ status: 403, code: "auth/account-banned" });

    expect(await withSecretKey().patch(pathOf(person), { banned: false })).toMatchObject({
      body: { banned: false },
    });
    // The ban ended the sessions permanently.
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 401 });
    expect((await signInAgain(person)).accessToken).toBeTruthy();
  });

  test("loses admin rights at the next request after the role is removed", async () => {
    const [boss, person] = [await admin(), await newUser()];
    expect(await boss.api.get(pathOf(person))).toMatchObject({ body: { email: person.email } });
    expect(await withSecretKey().patch(pathOf(boss), { role: "guest" })).toMatchObject({
      status: 200,
      body: { role: "guest" },
    });
    expect(Object.keys((await boss.api.get<object>(pathOf(person))).body).sort()).toEqual(publicFields);
    expect(await boss.api.patch(pathOf(person), { banned: true })).toMatchObject({
      status: 403,
      code: "user/forbidden",
    });
  });

  test("gets 404 for a change or deletion of an unknown user", async () => {
    const server = withSecretKey();
    for (const attempt of [
      server.patch("/v1/users/unknown", { role: "user" }),
      server.patch("/v1/users/unknown/profile", {}),
      server.delete("/v1/users/unknown"),
    ]) {
      expect(await attempt).toMatchObject({ status: 404, code: "user/not-found" });
    }
  });

  test.each([{ role: "owner" }, { role: null }, { banned: "yes" }, { banned: null }])(
    "cannot set %j",
    async (patch) => {
      const person = await newUser();
      expect(await withSecretKey().patch(pathOf(person), patch)).toMatchObject({
        status: 400,
        code: "common/validation-error",
      });
      expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
    },
  );

  test("sets a role, which applies at the next request, but not their own", async () => {
    const [boss, person] = [await admin(), await newUser()];
    expect(await boss.api.patch(pathOf(person), { role: "admin" })).toMatchObject({ status: 200 });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { role: "admin" } });
    expect(await person.api.get(pathOf(boss))).toMatchObject({ body: { email: boss.email } });
    expect(await boss.api.patch(pathOf(boss), { role: "user" })).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
  });
});

describe("roles and bans cannot be changed", () => {
  test.each([{ role: "admin" }, { role: "guest" }, { banned: true }, { banned: false }])(
    "by a user who is not an admin: %j",
    async (patch) => {
      const [person, other] = [await newUser(), await newUser()];
      expect(await person.api.patch(pathOf(other), patch)).toMatchObject({
        status: 403,
        code: "user/forbidden",
      });
      expect(await person.api.patch(pathOf(person), patch)).toMatchObject({
        status: 400,
        code: "common/validation-error",
      });
      for (const { api } of [person, other]) {
        expect(await api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
      }
    },
  );

  test("by the user themselves, even with the secret key beside their token", async () => {
    const person = await newUser();
    const both = withSecretKey().as(person.tokens.accessToken);
    expect(await both.patch(pathOf(person), { role: "admin" })).toMatchObject({
      status: 400,
      code: "common/validation-error",
    });
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ body: { role: "user" } });
  });

  test.each([
    ["no key", null, 400, "common/missing-header"],
    ["an unknown secret key", `sk_${"1".repeat(64)}`, 401, "common/invalid-api-key"],
    ["only the publishable key", undefined, 401, "auth/unauthorized"],
  ])("with %s", async (_name, key, status, code) => {
    const person = await newUser();
    const caller = key === undefined ? guest() : guest().with({ "X-API-Key": key });
    for (const attempt of [
      caller.patch(pathOf(person), { banned: true }),
      caller.patch(`${pathOf(person)}/profile`, { role: "admin" }),
      caller.delete(pathOf(person)),
    ]) {
      expect(await attempt).toMatchObject({ status, code });
    }
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
  });
});

describe("deleting a user", () => {
  test.each([
    ["with DELETE /v1/users/{id}", (person: Person) => person.api.delete(pathOf(person))],
    ["with DELETE /v1/auth/withdraw", (person: Person) => person.api.delete("/v1/auth/withdraw")],
    ["as an admin", async (person: Person) => (await admin()).api.delete(pathOf(person))],
    ["with a secret key", (person: Person) => withSecretKey().delete(pathOf(person))],
  ])("%s deletes drafts and keeps published articles without an author", async (_name, remove) => {
    const person = await newUser();
    const published = await writeArticle(person, { isPublished: true });
    const draft = await writeArticle(person);
    expect(await remove(person)).toMatchObject({ status: 200, body: { message: expect.any(String) } });

    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(
      await guest().post("/v1/auth/refresh", { refreshToken: person.tokens.refreshToken }),
    ).toMatchObject({ status: 401, code: "auth/invalid-refresh-token" });
    expect(await withSecretKey().get(pathOf(person))).toMatchObject({ status: 404, code: "user/not-found" });
    expect(await guest().get(`/v1/data/articles/${published.id}`)).toMatchObject({
      status: 200,
      body: { createdBy: null, author: null, title: published.title },
    });
    expect(await withSecretKey().get(`/v1/data/articles/${draft.id}`)).toMatchObject({ status: 404 });
    // The email address is available again, for an unrelated account.
    const again = await newUser({ email: person.email });
    expect(again.id).not.toBe(person.id);
  });
});

test("the secret key without a token has no account to delete", async () => {
  expect(await withSecretKey().delete("/v1/auth/withdraw")).toMatchObject({
    status: 401,
    code: "auth/unauthorized",
  });
});
