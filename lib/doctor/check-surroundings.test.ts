import { chmod, cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";
import { freePort } from "@/lib/testing/servers/free-port";
import { type S3Server, startS3Server } from "@/lib/testing/servers/s3-server";
import { checkDatabase } from "./check-database";
import { checkMail } from "./check-mail";
import { checkNode } from "./check-node";
import { checkStorage } from "./check-storage";
import { reportOf } from "./run-checks";

describe("Node.js and the packages", () => {
  test.each([
    ["18.20.0", "error"],
    ["20.18.9", "error"],
    ["20.19.0", "good"],
    ["22.11.0", "error"],
    ["22.12.0", "good"],
    ["23.9.0", "error"],
    ["24.0.0", "good"],
  ])("Node.js %s is %s", (version, level) => {
    expect(checkNode(version, () => true)[0]).toMatchObject({ level });
  });

  test("reports what is missing with the command to create it", () => {
    expect(checkNode("24.0.0", () => false).map(({ remedy }) => remedy)).toEqual([
      undefined,
      "npm install",
      expect.stringContaining("npm run db:generate"),
    ]);
  });
});

describe("the database", () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await openTestDatabase();
    folder = await mkdtemp(join(tmpdir(), "blog-migrations-"));
    await cp("prisma/migrations", folder, { recursive: true });
  });
  afterAll(async () => {
    await database?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  function look(settings: { DATABASE_URL?: string; DATA_DIR?: string; isVercel?: boolean } = {}) {
    return checkDatabase(
      { DATABASE_URL: database.url, DATA_DIR: database.dataDir, isVercel: false, ...settings },
      folder,
    );
  }

  async function execute(sql: string) {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query(sql).finally(() => client.end());
  }

  test("reports pending migrations of an empty database without changing it", async () => {
    for (const _ of [1, 2]) {
      const [server, migrations] = await look();
      expect(server).toMatchObject({ level: "good", says: expect.stringMatching(/^PostgreSQL \d+ answers/) });
      expect(migrations).toMatchObject({
        level: "warning",
        remedy: expect.stringContaining("npm run db:migrate"),
      });
    }
  });

  test("accepts a database with all migrations", async () => {
    await migrate(database.url, folder);
    expect((await look()).map(({ level }) => level)).toEqual(["good", "good"]);
  });

  test("names a migration that this code does not have", async () => {
    await execute(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '2099_foreign', now())`,
    );
    expect((await look())[1]).toMatchObject({
      level: "warning",
      says: expect.stringContaining("2099_foreign"),
    });
    await execute("DELETE FROM _prisma_migrations WHERE id = 'x'");
  });

  test("names a migration that failed halfway", async () => {
    await execute(
      "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', 'y', '2099_halfway')",
    );
    const findings = await look();
    expect(findings).toContainEqual(
      expect.objectContaining({
        level: "error",
        remedy: expect.stringContaining("resolve --applied 2099_halfway"),
      }),
    );
    await execute("DELETE FROM _prisma_migrations WHERE id = 'x'");
  });

  test("names a migration that was changed after it ran", async () => {
    await execute(
      "UPDATE _prisma_migrations SET checksum = 'z' WHERE migration_name = '20261120000000_init'",
    );
    expect((await look())[1]).toMatchObject({
      level: "error",
      says: expect.stringContaining("20261120000000_init"),
    });
  });

  test("distinguishes an unreachable server from a wrong password, without revealing the password", async () => {
    const away = await look({
      DATABASE_URL: `postgresql://someone:hush-hush@127.0.0.1:${await freePort()}/blog`,
    });
    expect(away).toMatchObject([{ level: "error", says: expect.stringContaining("ECONNREFUSED") }]);
    const wrong = new URL(database.url);
    wrong.password = "hush-hush";
    const rejected = await look({ DATABASE_URL: wrong.href });
    expect(rejected).toMatchObject([{ level: "error", says: expect.stringContaining("password") }]);
    expect(JSON.stringify([away, rejected])).not.toContain("hush-hush");
  });

  test("without DATABASE_URL checks the embedded database without creating it; on Vercel there is none", async () => {
    const nowhere = join(folder, "nothing-here");
    expect(await look({ DATABASE_URL: undefined, DATA_DIR: nowhere })).toMatchObject([{ level: "good" }]);
    await expect(rm(nowhere)).rejects.toThrow("ENOENT");
    expect(await look({ DATABASE_URL: undefined, isVercel: true })).toMatchObject([{ level: "error" }]);
  });
});

describe("email delivery", () => {
  const settings = {
    RESEND_API_KEY: "re_hush",
    EMAIL_FROM: "Blog <hello@mail.example.com>",
    isProduction: true,
    isVercel: false,
  };

  /** Starts an email service that always sends this response. */
  async function service(status: number, body: unknown) {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://127.0.0.1:${port}`, asked, close: () => server.close() };
  }

  test.each([
    ["knows the domain", 200, { data: [{ name: "example.com", status: "verified" }] }, "good"],
    ["waits for the domain", 200, { data: [{ name: "example.com", status: "pending" }] }, "error"],
    ["knows another domain", 200, { data: [{ name: "ample.com", status: "verified" }] }, "error"],
    ["knows no domain", 200, { data: [] }, "error"],
    ["lets the key only send", 401, { name: "restricted_api_key" }, "good"],
    ["refuses the key", 401, { name: "validation_error" }, "error"],
    ["is down", 500, {}, "warning"],
    ["talks nonsense", 200, "?", "error"],
  ])("with a service that %s", async (_, status, body, level) => {
    const { url, asked, close } = await service(status, body);
    const findings = await checkMail(settings, url);
    close();
    expect(findings).toMatchObject([{ level }]);
    expect(asked).toEqual(["GET /domains Bearer re_hush"]);
    expect(JSON.stringify(findings)).not.toContain("re_hush");
  });

  test("with a service that does not respond", async () => {
    expect(await checkMail(settings, `http://127.0.0.1:${await freePort()}`)).toMatchObject([
      { level: "warning" },
    ]);
  });

  test.each([
    ["while developing", { isProduction: false, isVercel: false }, "good"],
    ["in production", { isProduction: true, isVercel: false }, "warning"],
    ["on Vercel", { isProduction: true, isVercel: true }, "error"],
  ])("without a key, %s", async (_, where, level) => {
    expect(await checkMail(where)).toMatchObject([{ level }]);
  });

  test("on Vercel without a scheduler", async () => {
    const { url, close } = await service(401, { name: "restricted_api_key" });
    const findings = await checkMail({ ...settings, isVercel: true }, url);
    close();
    expect(findings).toMatchObject([{ level: "good" }, { level: "warning", subject: "CRON_SECRET" }]);
  });
});

describe("storage", () => {
  const settings = {
    DATA_DIR: ".data",
    APP_URL: "https://blog.example.com",
    s3: undefined,
    isProduction: true,
    isVercel: false,
  };

  test("accepts a folder that can be created; Vercel has none", async () => {
    const folder = join(tmpdir(), "a", "b");
    expect(await checkStorage({ ...settings, DATA_DIR: folder })).toMatchObject([{ level: "good" }]);
    expect(await checkStorage({ ...settings, isVercel: true })).toMatchObject([{ level: "error" }]);
  });

  // The root user may write into every folder.
  test.skipIf(process.getuid?.() === 0)("names a folder that belongs to another user", async () => {
    const folder = await mkdtemp(join(tmpdir(), "blog-closed-"));
    await chmod(folder, 0o500);
    expect(await checkStorage({ ...settings, DATA_DIR: join(folder, "data") })).toMatchObject([
      { level: "error", remedy: expect.stringContaining("chown") },
    ]);
    await rm(folder, { recursive: true });
  });

  test("names a file in place of the folder", async () => {
    const folder = await mkdtemp(join(tmpdir(), "blog-file-"));
    await writeFile(join(folder, "data"), "");
    expect(await checkStorage({ ...settings, DATA_DIR: join(folder, "data") })).toMatchObject([
      { level: "error" },
    ]);
    await rm(folder, { recursive: true });
  });

  describe("in a bucket", () => {
    let server: S3Server;
    beforeAll(async () => {
      server = await startS3Server();
    });
    afterAll(() => server?.stop());

    function look(changes: object) {
      const s3 = {
        bucket: server.settings.S3_BUCKET ?? "",
        region: server.settings.S3_REGION ?? "",
        endpoint: server.settings.S3_ENDPOINT,
        accessKeyId: server.settings.S3_ACCESS_KEY_ID ?? "",
        secretAccessKey: server.settings.S3_SECRET_ACCESS_KEY ?? "",
        publicUrl: undefined,
        ...changes,
      };
      return checkStorage({ ...settings, s3 });
    }

    test("accepts an existing bucket", async () => {
      expect(await look({})).toMatchObject([{ level: "good" }]);
    });

    test("distinguishes a missing bucket, wrong keys and an unreachable store", async () => {
      expect(await look({ bucket: "nothing-here" })).toMatchObject([
        { level: "error", remedy: expect.stringContaining("S3_BUCKET") },
      ]);
      const rejected = await look({ accessKeyId: "hush-id", secretAccessKey: "hush-secret" });
      expect(rejected).toMatchObject([
        { level: "error", remedy: expect.stringContaining("S3_SECRET_ACCESS_KEY") },
      ]);
      expect(JSON.stringify(rejected)).not.toContain("hush");
      const away = await look({ endpoint: `http://127.0.0.1:${await freePort()}` });
      expect(away).toMatchObject([{ level: "error", remedy: expect.stringContaining("S3_ENDPOINT") }]);
    });

    test("names images over http on a site over https", async () => {
      expect(await look({ publicUrl: "http://cdn.example.com" })).toMatchObject([
        { level: "good" },
        { level: "warning", subject: "S3_PUBLIC_URL" },
      ]);
    });
  });
});

test("the report has a line per finding with its remedy, and counts at the end", () => {
  const report = reportOf([
    { subject: "A", level: "good", says: "fine" },
    { subject: "Long", level: "error", says: "broken", remedy: "mend it" },
  ]);
  expect(report).toBe("  ✓ A     fine\n  ✗ Long  broken\n          → mend it\n\n  1 error, 0 warnings.");
});
