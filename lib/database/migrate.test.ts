import { appendFile, cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";
import { MigrationError, migrate } from "./migrate";
import { diffToSchema, findHistoryProblems } from "./schema-engine";
import { isUnreachable } from "./unreachable";

const first = "20261120000000_init";

describe("an empty database", () => {
  let database: TestDatabase;
  let client: Client;
  let folder: string;

  beforeAll(async () => {
    database = await openTestDatabase(inject("serverUrl"));
    client = new Client({ connectionString: database.url });
    await client.connect();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "blog-migrations-"));
  });
  afterEach(async () => {
    await client.query("DROP SCHEMA public CASCADE");
    await client.query("CREATE SCHEMA public");
    await rm(folder, { recursive: true });
  });
  afterAll(async () => {
    await client.end();
    await database.remove();
  });

  async function addMigration(name: string, sql: string) {
    await mkdir(join(folder, name));
    await writeFile(join(folder, name, "migration.sql"), sql);
  }

  async function history() {
    const { rows } = await client.query(
      `SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS finished
       FROM _prisma_migrations ORDER BY migration_name`,
    );
    return rows;
  }

  test("ends up with the schema of schema.prisma and a history that Prisma's engine accepts", async () => {
    expect(await migrate(database.url)).toContain(first);

    expect(await diffToSchema(database.url)).toBeUndefined();
    expect(await findHistoryProblems(database.url)).toEqual([]);
  });

  test("differs from one that has every migration", async () => {
    await migrate(database.url);

    expect(await migrate(database.url)).toEqual([]);
  });

  test("gets each migration once, in order, from five instances that start together", async () => {
    await addMigration("1_table", "CREATE TABLE t (a int)");
    await addMigration("2_column", "ALTER TABLE t ADD COLUMN b int; INSERT INTO t VALUES (1, 2)");

    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, folder)));

    expect(applied.flat()).toEqual(["1_table", "2_column"]);
    expect(await history()).toEqual([
      { migration_name: "1_table", applied_steps_count: 1, finished: true },
      { migration_name: "2_column", applied_steps_count: 1, finished: true },
    ]);
    expect((await client.query("SELECT * FROM t")).rows).toEqual([{ a: 1, b: 2 }]);
  });

  test("keeps nothing of a migration that fails, and gets it once it is fixed", async () => {
    await addMigration("1_table", "CREATE TABLE t (a int); SELECT 1/0");

    const failure = await migrate(database.url, folder).catch((error) => error);

    expect(failure).toBeInstanceOf(MigrationError);
    expect(failure.message).toMatch(/1_table failed.*division by zero/);
    expect(await history()).toEqual([]);
    await writeFile(join(folder, "1_table", "migration.sql"), "CREATE TABLE t (a int)");
    expect(await migrate(database.url, folder)).toEqual(["1_table"]);
  });

  test("normalizes stored text to NFC, and changes nothing else", async () => {
    const normalizing = "20261128104500_normalize_text";
    const names = (await readdir("prisma/migrations")).filter((name) => name < normalizing);
    for (const name of names)
      await cp(join("prisma/migrations", name), join(folder, name), { recursive: true });
    await migrate(database.url, folder);
    const saved = "2026-01-01T00:00:00.000Z";
    await client.query(
      `INSERT INTO "User" (id, email, name, bio, "updatedAt") VALUES ('u', 'a@example.com', $1, $1, $2), ('v', 'b@example.com', 'Kim', NULL, $2)`,
      ["여백".normalize("NFD"), saved],
    );
    await client.query(
      `INSERT INTO "Article" (id, title, content, category, "createdBy", "updatedAt") VALUES ('a', $1, $1, $1, 'u', $2)`,
      ["여백".normalize("NFD"), saved],
    );
    await client.query(
      `INSERT INTO "Tag" (id, name, "nameKey", slug, "createdBy", "updatedAt") VALUES ('t', $1, '여백', '여백', 'u', $2)`,
      ["여백".normalize("NFD"), saved],
    );

    await cp(join("prisma/migrations", normalizing), join(folder, normalizing), { recursive: true });
    expect(await migrate(database.url, folder)).toEqual([normalizing]);

    const rowsOf = async (sql: string) => (await client.query(sql)).rows;
    const updatedAt = new Date(saved);
    expect(await rowsOf(`SELECT name, nickname, bio, "updatedAt" FROM "User" ORDER BY id`)).toEqual([
      { name: "여백", nickname: null, bio: "여백", updatedAt },
      { name: "Kim", nickname: null, bio: null, updatedAt },
    ]);
    expect(await rowsOf(`SELECT title, content, category, "updatedAt" FROM "Article"`)).toEqual([
      { title: "여백", content: "여백", category: "여백", updatedAt },
    ]);
    expect(await rowsOf(`SELECT name, "nameKey", slug, "updatedAt" FROM "Tag"`)).toEqual([
      { name: "여백", nameKey: "여백", slug: "여백", updatedAt },
    ]);
  });

  test("rejects a migration that was changed after it was applied", async () => {
    await cp("prisma/migrations", folder, { recursive: true });
    await migrate(database.url, folder);
    await appendFile(join(folder, first, "migration.sql"), "-- later thought");

    await expect(migrate(database.url, folder)).rejects.toThrow(/init was changed after it was applied/);
  });

  test("stops at a migration that another tool left half applied", async () => {
    await addMigration("1_table", "CREATE TABLE t (a int)");
    await migrate(database.url, folder);
    await client.query("UPDATE _prisma_migrations SET finished_at = NULL");

    await expect(migrate(database.url, folder)).rejects.toThrow(/failed halfway/);
  });

  test("applies a migration again that was marked as rolled back", async () => {
    await addMigration("1_table", "CREATE TABLE t (a int)");
    await migrate(database.url, folder);
    await client.query("DROP TABLE t");
    await client.query("UPDATE _prisma_migrations SET rolled_back_at = now()");

    expect(await migrate(database.url, folder)).toEqual(["1_table"]);
  });
});

test("a missing server counts as unreachable, a wrong password does not", async () => {
  const refusal = await migrate("postgresql://unknown@127.0.0.1:1/none").catch((error) => error);
  expect(isUnreachable(refusal)).toBe(true);

  const url = new URL(inject("databaseUrl"));
  url.username = "unknown";
  url.password = "wrong";
  const answer = await migrate(url.href).then(
    () => undefined,
    (error) => error,
  );
  expect(isUnreachable(answer)).toBe(false);
});
