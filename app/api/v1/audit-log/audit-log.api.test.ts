import { describe, expect, test } from "vitest";
import { guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { queuedMailsTo } from "@/lib/testing/mailbox";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

type Entry = { action: string; actorId: string | null; details: Record<string, unknown> };

async function newAdmin(): Promise<Person> {
  const person = await newUser({ name: "Boss" });
  await queryDatabase(`UPDATE "User" SET role = 'admin' WHERE id = $1`, person.id);
  return person;
}

async function entriesOf(targetId: string): Promise<Entry[]> {
  const { status, body } = await withSecretKey().get<{ items: Entry[] }>(
    `/v1/audit-log?targetId=${targetId}&sortDirection=asc`,
  );
  expect(status).toBe(200);
  return body.items;
}

describe("the audit log", () => {
  test("has one entry for each change that an admin makes to another user", async () => {
    const [admin, person] = [await newAdmin(), await newUser({ name: "Spammer" })];
    const path = `/v1/users/${person.id}`;
    for (const patch of [{ role: "guest" }, { banned: true }, { banned: false }, { bio: null }]) {
      expect(await admin.api.patch(path, patch)).toMatchObject({ status: 200 });
    }
    // No change, no entry.
    for (const patch of [{ role: "guest" }, { banned: false }, {}]) await admin.api.patch(path, patch);
    expect(await admin.api.delete(path)).toMatchObject({ status: 200 });

    const by = { actorId: admin.id, targetType: "user", targetId: person.id };
    const name = "Spammer";
    const entries = await entriesOf(person.id);
    expect(entries).toMatchObject([
      { ...by, action: "user.role-changed", details: { name, from: "user", to: "guest" } },
      { ...by, action: "user.banned", details: { name } },
      { ...by, action: "user.unbanned", details: { name } },
      { ...by, action: "user.profile-changed", details: { name, fields: ["bio"] } },
      { ...by, action: "user.deleted", details: { name } },
    ]);
    // Entries outlive the admin's account.
    await withSecretKey().delete(`/v1/users/${admin.id}`);
    expect(await entriesOf(person.id)).toEqual(entries);
  });

  test("records what a secret key does, without an actor, and not what users do to themselves", async () => {
    const person = await newUser();
    await person.api.patch(`/v1/users/${person.id}`, { bio: "Mine." });
    const own = await writeArticle(person);
    await person.api.patch(`/v1/data/articles/${own.id}`, { title: "Mine" });
    await person.api.delete(`/v1/data/articles/${own.id}`);
    await withSecretKey().patch(`/v1/users/${person.id}/role`, { role: "guest" });
    expect(await entriesOf(person.id)).toMatchObject([{ action: "user.role-changed", actorId: null }]);
    expect(await entriesOf(own.id)).toEqual([]);
  });

  test("records what an admin does to the article of another user, and not to their own", async () => {
    const [admin, author] = [await newAdmin(), await newUser()];
    const { id } = await writeArticle(author, { title: "Sale", isPublished: true });
    const path = `/v1/data/articles/${id}`;
    for (const patch of [{ content: "Words." }, { isPublished: false }, {}]) {
      expect(await admin.api.patch(path, patch)).toMatchObject({ status: 200 });
    }
    expect(await admin.api.delete(path)).toMatchObject({ status: 200 });
    const by = { actorId: admin.id, targetType: "article" };
    expect(await entriesOf(id)).toMatchObject([
      { ...by, action: "article.changed", details: { title: "Sale", fields: ["content"] } },
      { ...by, action: "article.taken-back", details: { title: "Sale" } },
      { ...by, action: "article.deleted", details: { title: "Sale" } },
    ]);
    // No email: emails contain a reason, and the API takes none.
    expect(await queuedMailsTo(author.email)).toEqual(["verify-sign-up"]);

    const own = await writeArticle(admin);
    await admin.api.patch(`/v1/data/articles/${own.id}`, { title: "Mine" });
    expect(await entriesOf(own.id)).toEqual([]);
  });

  test("does not record rejected requests", async () => {
    const [admin, author] = [await newAdmin(), await newUser()];
    const { id } = await writeArticle(author, { isPublished: true });
    expect(await admin.api.patch(`/v1/data/articles/${id}`, { tags: ["none"] })).toMatchObject({
      status: 400,
    });
    expect(await admin.api.patch(`/v1/users/${author.id}`, { role: "owner" })).toMatchObject({ status: 400 });
    expect(await author.api.patch(`/v1/users/${admin.id}`, { banned: true })).toMatchObject({ status: 403 });
    for (const target of [id, author.id, admin.id]) expect(await entriesOf(target)).toEqual([]);
  });

  test("can be filtered by action, actor and target, and paginated", async () => {
    const [admin, one, other] = [await newAdmin(), await newUser(), await newUser()];
    for (const { id } of [one, other]) {
      await admin.api.patch(`/v1/users/${id}`, { role: "guest" });
      await admin.api.patch(`/v1/users/${id}`, { banned: true });
    }
    const log = (query: string) =>
      admin.api.get<{ items: Entry[]; pagination: { total: number } }>(
        `/v1/audit-log?actorId=${admin.id}&${query}`,
      );
    expect((await log("")).body.pagination).toMatchObject({ total: 4 });
    expect((await log("action=user.banned")).body.items).toMatchObject([
      { targetId: other.id },
      { targetId: one.id },
    ]);
    expect((await log(`targetId=${one.id}&action=user.banned`)).body.items).toHaveLength(1);
    expect((await log("limit=1&page=4")).body.items).toMatchObject([
      { action: "user.role-changed", targetId: one.id },
    ]);
  });

  test.each(["action=user.praised", "sortBy=action", "page=0", "actorId=%00"])(
    "rejects ?%s",
    async (query) => {
      expect(await withSecretKey().get(`/v1/audit-log?${query}`)).toMatchObject({
        status: 400,
        code: "common/validation-error",
      });
    },
  );

  test("is accessible to admins and secret keys only", async () => {
    expect(await guest().get("/v1/audit-log")).toMatchObject({ status: 401, code: "auth/unauthorized" });
    expect(await (await newUser()).api.get("/v1/audit-log")).toMatchObject({
      status: 403,
      code: "user/forbidden",
    });
    expect(await (await newAdmin()).api.get("/v1/audit-log?limit=1")).toMatchObject({ status: 200 });
  });
});
