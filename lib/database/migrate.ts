import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "pg";
import { isUnreachable } from "./unreachable";

/** A migration that cannot be applied. Retrying does not help; the message says what does. */
export class MigrationError extends Error {
  override name = "MigrationError";
}

/**
 * Applies the migrations in `prisma/migrations` that a database does not have yet, each in a transaction of its
 * own. It keeps the same records as `prisma migrate deploy`, so that either can be used. Several instances can call
 * it at once: one applies the migrations while the others wait.
 *
 * @param folder the folder of the migrations, for tests.
 * @returns the names of the newly applied migrations, oldest first.
 * @throws MigrationError when a migration fails, was changed after it was applied, or has failed before.
 */
export async function migrate(databaseUrl: string, folder = "prisma/migrations"): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  // A broken connection also fails the query in flight; without a listener, its error would end the process.
  client.on("error", () => undefined);
  await client.connect();
  try {
    await withMigrationLock(client, () => client.query(createHistory));

    const applied: string[] = [];
    for (const migration of migrations) {
      if (await withMigrationLock(client, () => applyIfPending(client, migration)))
        applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

export type Migration = {
  name: string;
  sql: string;
  checksum: string;
};

/** @returns the migrations of a folder, oldest first. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(folder, name, "migration.sql"), "utf8");
      return { name, sql, checksum: createHash("sha256").update(sql).digest("hex") };
    }),
  );
}

/**
 * Runs one step in a transaction that no other instance runs at the same time. The lock belongs to the transaction,
 * not to the session: behind a connection pooler, sessions are shared.
 */
async function withMigrationLock<T>(client: Client, step: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    // `prisma migrate deploy` takes the same lock.
    await client.query("SELECT pg_advisory_xact_lock(72707369)");
    const result = await step();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // The first error has the cause: if the connection is lost, the rollback has happened already.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function applyIfPending(client: Client, { name, sql, checksum }: Migration): Promise<boolean> {
  const { rows } = await client.query<{ checksum: string; finished_at: Date | null }>(
    "SELECT checksum, finished_at FROM _prisma_migrations WHERE migration_name = $1 AND rolled_back_at IS NULL",
    [name],
  );
  for (const record of rows) {
    if (!record.finished_at) {
      throw new MigrationError(
        `Migration ${name} failed halfway when it was applied before. Repair the database manually, then run ` +
          `\`npx prisma migrate resolve --applied ${name}\`, or --rolled-back to have it applied again.`,
      );
    }
    if (record.checksum !== checksum) {
      throw new MigrationError(
        `Migration ${name} was changed after it was applied to this database. Restore the file, and write ` +
          "the change as a new migration with `npm run db:migration <name>`.",
      );
    }
  }
  if (rows.length > 0) return false;

  const startedAt = new Date();
  // PostgreSQL does not alter a table with pending deferred trigger events.
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  await client.query(sql).catch((cause: Error) => {
    if (isUnreachable(cause)) throw cause;
    throw new MigrationError(`Migration ${name} failed, and nothing of it was kept: ${cause.message}`, {
      cause,
    });
  });
  await client.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
     VALUES ($1, $2, $3, $4, now(), 1)`,
    [randomUUID(), checksum, name, startedAt],
  );
  return true;
}

/** The same table as Prisma creates. */
const createHistory = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id                  VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum            VARCHAR(64) NOT NULL,
    finished_at         TIMESTAMPTZ,
    migration_name      VARCHAR(255) NOT NULL,
    logs                TEXT,
    rolled_back_at      TIMESTAMPTZ,
    started_at          TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
