import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { compare } from "bcryptjs";
import { Client } from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";
import { demoAuthor, seed } from "./seed";

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await openTestDatabase(inject("serverUrl"));
  await migrate(database.url);
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.remove();
});

test("two instances that start together seed an empty database once", async () => {
  const seeded = await Promise.all([seed(database.url), seed(database.url)]);

  expect(seeded.sort()).toEqual([false, true]);
  const { rows } = await client.query('SELECT "email", "passwordHash", "emailVerified" FROM "User"');
  expect(rows).toHaveLength(1);
  expect(rows[0].email).toBe(demoAuthor.email);
  expect(await compare(demoAuthor.password, rows[0].passwordHash)).toBe(true);
  expect(rows[0].emailVerified).toBeInstanceOf(Date);
});

test("inserts every text of the folder as an article of the past", async () => {
  const { rows } = await client.query('SELECT "content", "createdAt" FROM "Article"');
  const texts = await Promise.all(
    readdirSync("prisma/articles").map((file) => readFile(`prisma/articles/${file}`, "utf8")),
  );

  expect(rows.map(({ content }) => content).sort()).toEqual(texts.sort());
  for (const { createdAt } of rows) expect(createdAt.getTime()).toBeLessThan(Date.now());
});

test("the articles refer to tags that exist", async () => {
  const { rows } = await client.query(
    'SELECT FROM "Article" a CROSS JOIN unnest(a."tags") AS carried ("id") LEFT JOIN "Tag" t ON t."id" = carried."id" WHERE t."id" IS NULL',
  );
  expect(rows).toEqual([]);
});

test("does not change a blog that has a user", async () => {
  await client.query('DELETE FROM "Article"');

  expect(await seed(database.url)).toBe(false);
  expect((await client.query('SELECT FROM "Article"')).rowCount).toBe(0);
});
