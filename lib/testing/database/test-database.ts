import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

export type TestDatabase = {
  url: string;
  /** An empty folder for other files. */
  dataDir: string;
  remove(): Promise<void>;
};

/**
 * Opens an empty database for tests, without migrations: an embedded one in a temporary folder, or a new one on a
 * PostgreSQL server.
 *
 * @param serverUrl a URL on that server, for a role that can create databases.
 */
export async function openTestDatabase(serverUrl?: string): Promise<TestDatabase> {
  const dataDir = await mkdtemp(join(tmpdir(), "blog-test-"));
  const database = serverUrl ? await createDatabase(serverUrl) : await openEmbeddedDatabase({ dataDir });
  return {
    url: database.url,
    dataDir,
    async remove() {
      await database.release();
      // The embedded database may still be writing.
      await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    },
  };
}

async function createDatabase(serverUrl: string) {
  const name = `blog_test_${randomBytes(6).toString("hex")}`;
  await execute(serverUrl, `CREATE DATABASE ${name}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, release: () => execute(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
