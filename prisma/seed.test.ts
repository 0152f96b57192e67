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

test("inserts articles in each language, and one draft", async () => {
  const { rows } = await client.query('SELECT "title", "content", "isPublished", "createdAt" FROM "Article"');

  expect(rows.filter(({ isPublished }) => !isPublished)).toHaveLength(1);
  expect(rows.filter(({ title }) => /\p{Script=Hangul}/u.test(title)).length).toBeGreaterThanOrEqual(2); // part: korean
  expect(rows.filter(({ title }) => /^[\x20-\x7e]+$/.test(title)).length).toBeGreaterThanOrEqual(3);
  for (const { content, createdAt } of rows) {
    expect(content.length).toBeGreaterThan(0);
    expect(createdAt.getTime()).toBeLessThan(Date.now());
  }
});

test("the articles refer to tags that exist", async () => {
  const { rows } = await client.query(
    'SELECT t."slug" FROM "Article" a CROSS JOIN unnest(a."tags") AS carried ("id") LEFT JOIN "Tag" t ON t."id" = carried."id"',
  );
  const slugs = rows.map(({ slug }) => slug);
  expect(slugs).toContain("tokens");
  expect(slugs).not.toContain(null);
});

test("does not change a blog that has a user", async () => {
  await client.query('DELETE FROM "Article"');

  expect(await seed(database.url)).toBe(false);
  expect((await client.query('SELECT FROM "Article"')).rowCount).toBe(0);
});
