import { randomUUID } from "node:crypto";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";

// Tests the triggers of the first migration that maintain "ArticleCount".

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await openTestDatabase(inject("serverUrl"));
  await migrate(database.url);
  client = await openClient();
});
beforeEach(async () => {
  await client.query('TRUNCATE "Article", "User" CASCADE');
});
afterAll(async () => {
  await client.end();
  await database.remove();
});

async function openClient() {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  return client;
}

async function insert(articles: { isPublished: boolean; createdBy?: string }[], by = client) {
  await by.query(
    `INSERT INTO "Article" ("id", "title", "content", "isPublished", "createdBy", "updatedAt")
     SELECT gen_random_uuid(), 'Title', 'Text', "isPublished", "createdBy", now()
     FROM jsonb_to_recordset($1) AS given ("isPublished" boolean, "createdBy" text)`,
    [JSON.stringify(articles)],
  );
}

async function count() {
  const { rows } = await client.query(
    'SELECT coalesce(sum("total"), 0)::int AS total, coalesce(sum("published"), 0)::int AS published FROM "ArticleCount"',
  );
  return rows[0];
}

/** @returns the physical location and writer of the counter rows, which change with every write. */
async function versions() {
  return (await client.query('SELECT ctid, xmin FROM "ArticleCount"')).rows;
}

test("counts new articles, also several in one statement", async () => {
  await insert([{ isPublished: true }]);
  await insert([{ isPublished: false }, { isPublished: true }]);

  expect(await count()).toEqual({ total: 3, published: 2 });
});

test("publishing and unpublishing changes only the number of published articles", async () => {
  await insert([{ isPublished: false }, { isPublished: false }]);

  await client.query('UPDATE "Article" SET "isPublished" = true');
  expect(await count()).toEqual({ total: 2, published: 2 });

  await client.query('UPDATE "Article" SET "isPublished" = false');
  expect(await count()).toEqual({ total: 2, published: 0 });
});

test("editing a text does not write the counts", async () => {
  await insert([{ isPublished: true }]);
  const before = await versions();

  await client.query(`UPDATE "Article" SET "title" = 'Better'`);

  expect(await versions()).toEqual(before);
});

test("deleting an author keeps their articles counted, without a write to the counts", async () => {
  const author = randomUUID();
  await client.query(
    `INSERT INTO "User" ("id", "email", "name", "updatedAt") VALUES ($1, 'a@example.com', 'A', now())`,
    [author],
  );
  await insert([{ isPublished: true, createdBy: author }]);
  const before = await versions();

  await client.query('DELETE FROM "User"');

  expect((await client.query('SELECT "createdBy" FROM "Article"')).rows).toEqual([{ createdBy: null }]);
  expect(await versions()).toEqual(before);
});

test("subtracts deleted and truncated articles", async () => {
  await insert([{ isPublished: true }, { isPublished: false }]);
  await client.query('DELETE FROM "Article" WHERE "isPublished"');
  expect(await count()).toEqual({ total: 1, published: 0 });

  await client.query('TRUNCATE "Article" CASCADE');
  expect(await count()).toEqual({ total: 0, published: 0 });
});

test("does not count articles that were rolled back", async () => {
  await client.query("BEGIN");
  await insert([{ isPublished: true }]);
  await client.query("ROLLBACK");

  expect(await count()).toEqual({ total: 0, published: 0 });
});

test("loses no count when several connections write at once", async () => {
  const writers = await Promise.all(Array.from({ length: 5 }, openClient));
  await Promise.all(
    writers.map(async (writer) => {
      for (let round = 0; round < 20; round++) await insert([{ isPublished: round % 2 === 0 }], writer);
    }),
  );
  await Promise.all(writers.map((writer) => writer.end()));

  expect(await count()).toEqual({ total: 100, published: 50 });
});
