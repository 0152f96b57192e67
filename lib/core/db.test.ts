import { PrismaPg } from "@prisma/adapter-pg";
import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { Client } from "pg";
import { describe, expect, test, vi } from "vitest";
import { BoundedPool } from "@/lib/database/bounded-pool";
import { findDatabaseUrl } from "@/lib/database/database-url";
import { PrismaClient } from "@/lib/generated/prisma/client";
import { isDatabaseUnavailable } from "./database-errors";
import { db, isEmbeddedDatabase, Prisma, query } from "./db";
import { toAppError } from "./log-error";

/** Prisma's error for a driver error without a Prisma code. */
function prismaError(sqlState: string): Error {
  const driverAdapterError = new DriverAdapterError({
    kind: "postgres",
    code: sqlState,
    originalCode: sqlState,
    originalMessage: "whatever PostgreSQL said",
    severity: "FATAL",
    message: "whatever PostgreSQL said",
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
  return new Prisma.PrismaClientKnownRequestError("Database error.", {
    code: "P2039",
    clientVersion: Prisma.prismaVersion.client,
    meta: { driverAdapterError },
  });
}

test.each([
  ["the server was killed", "57P01"],
  ["the server is starting", "57P03"],
  ["the connection broke", "08006"],
  ["no connection is left", "53300"],
  ["the statement took too long", "57014"],
  ["the statement was cancelled to end a deadlock", "40P01"],
])("Prisma's error that %s means that the database is unavailable", (_, sqlState) => {
  expect(isDatabaseUnavailable(prismaError(sqlState))).toBe(true);
  expect(isDatabaseUnavailable(new Error("while signing up", { cause: prismaError(sqlState) }))).toBe(true);
});

test.each([
  ["a column that does not exist", prismaError("42703")],
  ["a division by zero", prismaError("22012")],
  ["a bug of ours", new TypeError("undefined is not a function")],
  ["no error at all", "57P01"],
])("%s does not mean that the database is unavailable", (_, error) => {
  expect(isDatabaseUnavailable(error)).toBe(false);
});

test("a time means the same to Prisma and to SQL on a database whose time zone is not UTC", async () => {
  const connectionString = findDatabaseUrl();
  const owner = new Client({ connectionString });
  await owner.connect();
  const [{ name }] = (await owner.query("SELECT current_database() AS name")).rows;
  await owner.query(`ALTER DATABASE "${name}" SET timezone TO 'Asia/Seoul'`);
  // The embedded database has one session, which has begun already.
  await owner.query("SET TIME ZONE 'Asia/Seoul'");

  const pool = new BoundedPool({ connectionString, patienceMs: 10_000, isUnavailable: () => false });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const time = new Date("2026-11-28T01:02:03.456Z");
  const [read] = await prisma.$queryRaw<object[]>`
    SELECT ${time}::timestamptz = ${time.toISOString()}::timestamptz AS "isSame", ${time.toISOString()}::timestamptz AS time`;
  await owner.query(`ALTER DATABASE "${name}" RESET timezone`);
  await Promise.all([owner.end(), pool.end()]);

  expect(read).toEqual({ isSame: true, time });
});

test("a time of a year without whole-minute time zones means the same in a process that runs in such a zone", async () => {
  // Until 1908, Seoul was 8 hours, 27 minutes and 52 seconds ahead of UTC.
  vi.stubEnv("TZ", "Asia/Seoul");
  const times = ["0001-01-01T00:00:00.000Z", "1900-01-01T00:00:00.000Z", "2026-11-28T01:02:03.456Z"];
  const read = await Promise.all(
    times.map((time) =>
      query(Prisma.sql`
        SELECT ${new Date(time)}::timestamptz = ${time}::timestamptz AS "isSame", ${time}::timestamptz AS time`),
    ),
  );
  vi.unstubAllEnvs();
  expect(read).toEqual(times.map((time) => [{ isSame: true, time: new Date(time) }]));
});

describe("while a slow statement runs", () => {
  const one = Prisma.sql`SELECT 1 AS one`;

  test("other statements complete", async () => {
    const slow = Promise.allSettled([query(Prisma.sql`SELECT pg_sleep(3)`)]);
    let isSlowDone = false;
    void slow.then(() => {
      isSlowDone = true;
    });
    let rounds = 0;
    while (!isSlowDone) {
      const rows = await Promise.all([query(one), db.$queryRaw(one)]);
      expect(rows).toEqual([[{ one: 1 }], [{ one: 1 }]]);
      rounds += 1;
    }
    expect(rounds).toBeGreaterThan(0);
    expect(await query(one)).toEqual([{ one: 1 }]);
  });

  // The embedded database cannot interrupt a statement.
  test.skipIf(isEmbeddedDatabase)(
    "only the slow statement fails, as unavailable, and its connection is not reused",
    async () => {
      const [fromPool, fromPrisma, ...others] = await Promise.allSettled([
        query(Prisma.sql`SELECT pg_sleep(30)`),
        db.$queryRaw`SELECT pg_sleep(30)::text`,
        query(one),
      ]);
      for (const slow of [fromPool, fromPrisma]) {
        const error: unknown = slow.status === "rejected" ? slow.reason : undefined;
        expect(toAppError(error)).toMatchObject({
          status: 503,
          code: "common/unavailable",
          retryAfterSeconds: 2,
        });
      }
      expect(others).toMatchObject([{ status: "fulfilled" }]);
      const still = await query(Prisma.sql`
      SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(30)%' AND state = 'active'`);
      expect(still).toEqual([]);
    },
  );
});
