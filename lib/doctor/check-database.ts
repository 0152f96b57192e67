import { existsSync } from "node:fs";
import { join } from "node:path";
import { Client } from "pg";
import { openEmbeddedDatabase } from "@/lib/database/embedded-database";
import { type Migration, readMigrations } from "@/lib/database/migrate";
import { isUnreachable } from "@/lib/database/unreachable";
import { errorCodeOf } from "@/lib/runtime/error-code";
import { type Finding, good, problem, warning } from "./finding";

const oldestMajor = 13;

/**
 * Checks the database without changing it: whether it responds, is recent enough, and has the migrations of
 * this code and no others.
 *
 * @param folder the folder of the migrations, for tests.
 */
export async function checkDatabase(
  { DATABASE_URL, DATA_DIR, isVercel }: { DATABASE_URL?: string; DATA_DIR: string; isVercel: boolean },
  folder = "prisma/migrations",
): Promise<Finding[]> {
  if (DATABASE_URL) return inspectDatabase(DATABASE_URL, folder);
  if (isVercel) {
    return [
      problem(
        "Database",
        "Vercel keeps no files, so the embedded database cannot be used.",
        "Set DATABASE_URL to a PostgreSQL in the project's settings",
      ),
    ];
  }
  if (!existsSync(join(DATA_DIR, "postgres"))) {
    return [good("Database", `None in ${DATA_DIR} yet. The first start makes it.`)];
  }
  try {
    const { url, release } = await openEmbeddedDatabase({ dataDir: DATA_DIR, patienceMs: 20_000 });
    return await inspectDatabase(url, folder).finally(release);
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return [
      problem("Database", says, `Do what it says, or start over: stop the server and delete ${DATA_DIR}`),
    ];
  }
}

async function inspectDatabase(url: string, folder: string): Promise<Finding[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 10_000 });
  // A broken connection also fails the query in flight; without a listener, its error would end the process.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return [...(await checkServer(client, url)), ...(await checkMigrations(client, folder))];
  } catch (error) {
    return [unreachable(error, url)];
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkServer(client: Client, url: string): Promise<Finding[]> {
  const { rows } = await client.query<{ version: string; has_trgm: boolean }>(
    `SELECT current_setting('server_version_num') AS version,
            EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'pg_trgm')
              OR EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm') AS has_trgm`,
  );
  const major = Math.floor(Number(rows[0]?.version) / 10_000);
  return [
    major >= oldestMajor
      ? good("Database", `PostgreSQL ${major} answers at ${placeOf(url)}.`)
      : problem("Database", `PostgreSQL ${major} is too old.`, `Use PostgreSQL ${oldestMajor} or later`),
    ...(rows[0]?.has_trgm
      ? []
      : [
          problem(
            "Database",
            "It lacks the extension pg_trgm, which search needs.",
            "Install PostgreSQL's contrib package on its server (apt-get install postgresql-contrib)",
          ),
        ]),
  ];
}

type Applied = { migration_name: string; checksum: string; finished_at: Date | null };

async function checkMigrations(client: Client, folder: string): Promise<Finding[]> {
  const migrations = await readMigrations(folder);
  const { rows: exists } = await client.query(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
  );
  const { rows: applied } = exists[0]?.exists
    ? await client.query<Applied>(
        "SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL",
      )
    : { rows: [] };
  return compare(migrations, applied);
}

function compare(migrations: Migration[], applied: Applied[]): Finding[] {
  const findings: Finding[] = [];
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const names = (rows: { migration_name: string }[]) =>
    rows.map(({ migration_name }) => migration_name).join(", ");

  const failed = applied.filter(({ finished_at }) => finished_at === null);
  if (failed.length > 0) {
    findings.push(
      problem(
        "Migrations",
        `Failed halfway: ${names(failed)}.`,
        `Repair the database manually, then npx prisma migrate resolve --applied ${failed[0]?.migration_name} (or --rolled-back to have it applied again)`,
      ),
    );
  }
  const changed = applied.filter(({ migration_name, checksum, finished_at }) => {
    const migration = known.get(migration_name);
    return finished_at !== null && migration !== undefined && migration.checksum !== checksum;
  });
  if (changed.length > 0) {
    findings.push(
      problem(
        "Migrations",
        `Changed after they were applied: ${names(changed)}.`,
        `git checkout -- prisma/migrations, and write the change as a new one: npm run db:migration <name>`,
      ),
    );
  }
  const foreign = applied.filter(({ migration_name }) => !known.has(migration_name));
  if (foreign.length > 0) {
    findings.push(
      warning(
        "Migrations",
        `The database has migrations that this code does not contain: ${names(foreign)}.`,
        "The database is newer than the code, or belongs to something else: git pull, or set another DATABASE_URL",
      ),
    );
  }
  const done = new Set(applied.map(({ migration_name }) => migration_name));
  const pending = migrations.filter(({ name }) => !done.has(name)).map(({ name }) => name);
  if (pending.length > 0) {
    findings.push(
      warning(
        "Migrations",
        `Not applied yet: ${pending.join(", ")}.`,
        "npm run db:migrate (the server applies them by itself when it starts)",
      ),
    );
  }
  return findings.length > 0 ? findings : [good("Migrations", `All ${migrations.length} are applied.`)];
}

function unreachable(error: unknown, url: string): Finding {
  const code = errorCodeOf(error);
  const place = placeOf(url);
  if (code === "28P01" || code === "28000") {
    return problem("Database", `${place} refuses the user or the password.`, "Correct both in DATABASE_URL");
  }
  if (code === "3D000") {
    const name = new URL(url).pathname.slice(1);
    return problem(
      "Database",
      `There is no database of that name at ${place}.`,
      `createdb ${name} (on that server)`,
    );
  }
  if (isUnreachable(error)) {
    return problem(
      "Database",
      `Nothing answers at ${place}${code && ` (${code})`}.`,
      "Start it, or correct host and port in DATABASE_URL; a firewall may be in between",
    );
  }
  return problem("Database", `${place} answers with an error${code && ` (${code})`}.`, "Check its log");
}

/** Host, port and name of a URL, without its password. */
function placeOf(url: string): string {
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, pathname } = new URL(url);
  return host + pathname;
}
