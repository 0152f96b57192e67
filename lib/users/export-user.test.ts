import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { db, Prisma, query } from "@/lib/core/db";
import { exportUser } from "./export-user";

/** The member of the export for each table that refers to a user. */
const memberNames: Record<string, string> = {
  Account: "accounts",
  AddressUndo: "previousAddresses",
  Article: "articles",
  Bookmark: "bookmarks",
  Consent: "consents",
  EmailToken: "mailedLinks",
  File: "files",
  Invitation: "invitations",
  Passkey: "passkeys",
  SecondFactor: "secondFactor",
  Session: "sessions",
  Tag: "tags",
};

async function createUser() {
  const email = `${randomUUID()}@example.com`;
  return db.user.create({ data: { email, name: "홍길동", passwordHash: "a hash that stays here" } });
}

async function exportOf(id: string): Promise<{ text: string; content: Record<string, unknown> }> {
  let text = "";
  for await (const piece of await exportUser(id)) text += piece;
  return { text, content: JSON.parse(text) };
}

test("exports every table that refers to a user", async () => {
  const tables = await query<{ name: string }>(Prisma.sql`
    SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint
     WHERE contype = 'f' AND confrelid = '"User"'::regclass`);
  expect(tables.map(({ name }) => name.replaceAll('"', "")).sort()).toEqual(Object.keys(memberNames));

  const { content } = await exportOf((await createUser()).id);
  for (const name of Object.values(memberNames)) expect(content).toHaveProperty(name);
});

test("exports only the user's own data, without hashes", async () => {
  const [mine, theirs] = [await createUser(), await createUser()];
  for (const { id: createdBy, email } of [mine, theirs]) {
    await db.article.create({ data: { title: `By ${email}`, content: "Words.", createdBy } });
  }
  const { text, content } = await exportOf(mine.id);
  expect(content.articles).toMatchObject([{ title: `By ${mine.email}` }]);
  expect(content.profile).toMatchObject({ email: mine.email, hasPassword: true });
  expect(text).not.toContain(theirs.email);
  expect(text).not.toContain("a hash that stays here");
});

test("exports passkeys without their credential ids", async () => {
  const { id: userId } = await createUser();
  const credentialId = randomUUID();
  const publicKey = new Uint8Array(Buffer.from("a public key"));
  await db.passkey.create({ data: { userId, name: "Phone", credentialId, publicKey, counter: 7 } });
  const { text, content } = await exportOf(userId);
  expect(content.passkeys).toEqual([{ name: "Phone", createdAt: expect.any(String), lastUsedAt: null }]);
  expect(text).not.toContain(credentialId);
});

test("exports a second factor without its secret and backup codes", async () => {
  const { id: userId } = await createUser();
  const secrets = { sealedSecret: randomUUID(), sealedBackupCodes: randomUUID() };
  const codeHash = randomUUID();
  await db.secondFactor.create({
    data: { userId, ...secrets, setupExpiresAt: new Date(), backupCodes: { create: { codeHash } } },
  });
  const { text, content } = await exportOf(userId);
  expect(content.secondFactor).toMatchObject({ enabledAt: null, backupCodesLeft: 1 });
  for (const secret of [secrets.sealedSecret, secrets.sealedBackupCodes, codeHash]) {
    expect(text).not.toContain(secret);
  }
});

test("a user who does not exist has no export", async () => {
  await expect(exportUser("unknown")).rejects.toMatchObject({ code: "user/not-found" });
});
