import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { makeAdmin } from "./make-admin";

const databaseUrl = () => process.env.DATABASE_URL ?? "";

async function newUser(fields: { bannedAt?: Date; role?: "guest" } = {}) {
  return db.user.create({ data: { email: `${randomUUID()}@example.com`, name: "홍길동", ...fields } });
}

async function entriesOf(targetId: string) {
  return db.auditEntry.findMany({
    where: { targetId },
    orderBy: { action: "asc" },
    select: { action: true, actorId: true, details: true },
  });
}

test("makes a user an admin by their email address in any case, and records it without an actor", async () => {
  const user = await newUser({ role: "guest" });
  expect(await makeAdmin(databaseUrl(), ` ${user.email.toUpperCase()} `)).toEqual({
    result: "made",
    name: "홍길동",
    isConfirmed: false,
    wasBanned: false,
  });
  expect(await db.user.findUnique({ where: { id: user.id } })).toMatchObject({ role: "admin" });
  expect(await entriesOf(user.id)).toEqual([
    {
      action: "user.role-changed",
      actorId: null,
      details: { name: "홍길동", from: "guest", to: "admin" },
    },
  ]);
});

test("changes and records nothing the second time", async () => {
  const { id, email } = await newUser();
  await makeAdmin(databaseUrl(), email);
  expect(await makeAdmin(databaseUrl(), email)).toMatchObject({ result: "is-admin-already" });
  expect(await entriesOf(id)).toHaveLength(1);
});

test("lifts a ban, since a banned admin could do nothing", async () => {
  const { id, email } = await newUser({ bannedAt: new Date() });
  expect(await makeAdmin(databaseUrl(), email)).toMatchObject({ result: "made", wasBanned: true });
  expect(await db.user.findUnique({ where: { id } })).toMatchObject({ role: "admin", bannedAt: null });
  expect((await entriesOf(id)).map(({ action }) => action)).toEqual(["user.role-changed", "user.unbanned"]);
});

test("reports that no account has the address", async () => {
  expect(await makeAdmin(databaseUrl(), "none@example.com")).toEqual({ result: "no-account" });
});
