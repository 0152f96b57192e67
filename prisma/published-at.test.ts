import { cp, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";

// Tests the effect of the migration "publication" on stored articles, and its trigger.

let database: TestDatabase;
let client: Client;

beforeEach(async () => {
  database = await openTestDatabase(inject("serverUrl"));
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterEach(async () => {
  await client.end();
  await database.remove();
});

test("sets publishedAt of articles published before the migration to createdAt", async () => {
  const folder = await mkdtemp(join(tmpdir(), "migrations-"));
  try {
    const names = (await readdir("prisma/migrations")).filter((name) => /^\d/.test(name)).sort();
    const earlier = names.slice(
      0,
      names.findIndex((name) => name.endsWith("_publication")),
    );
    for (const name of earlier)
      await cp(join("prisma/migrations", name), join(folder, name), { recursive: true });
    await migrate(database.url, folder);
    await client.query(`
      INSERT INTO "Article" ("id", "title", "content", "isPublished", "createdAt", "updatedAt")
      VALUES ('published', 'T', 'C', true, '2001-02-03T04:05:06.789Z', now()), ('draft', 'T', 'C', false, now(), now())`);
  } finally {
    await rm(folder, { recursive: true });
  }

  await migrate(database.url);

  const { rows } = await client.query('SELECT "id", "publishedAt" FROM "Article" ORDER BY "id"');
  expect(rows).toEqual([
    { id: "draft", publishedAt: null },
    { id: "published", publishedAt: new Date("2001-02-03T04:05:06.789Z") },
  ]);
});

test("an article that is published without a time is public at once, also when written by SQL", async () => {
  await migrate(database.url);
  const isPublic = async () =>
    (await client.query('SELECT "isPublished" AND "publishedAt" <= now() AS public FROM "Article"')).rows;

  // Rounded to milliseconds, half of these times would be in the future.
  for (let round = 0; round < 20; round++) {
    await client.query('DELETE FROM "Article"');
    await client.query(
      `INSERT INTO "Article" ("id", "title", "content", "isPublished", "updatedAt") VALUES ('a', 'T', 'C', true, now())`,
    );
    expect(await isPublic()).toEqual([{ public: true }]);
    await client.query('UPDATE "Article" SET "publishedAt" = NULL');
    expect(await isPublic()).toEqual([{ public: true }]);
  }
});
