import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool, QueryResultRow } from "pg";
import { BoundedPool } from "@/lib/database/bounded-pool";
import { findDatabaseUrl } from "@/lib/database/database-url";
import { isEmbedded } from "@/lib/database/embedded-address";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { perProcess } from "@/lib/runtime/per-process";
import { isDatabaseUnavailable } from "./database-errors";

export { Prisma };

/** Whether this is the embedded database of the project: it has one session, for which every statement waits. */
export const isEmbeddedDatabase = isEmbedded(findDatabaseUrl());

/** The embedded database cannot interrupt a statement, and runs on this machine: when it is silent, it is busy. */
const patienceMs = isEmbeddedDatabase ? 10_000 : 2_000;

const database = perProcess("database", openDatabase);

/** Prisma, for everything but the hottest reads. */
export const db: PrismaClient = database.db;

/** The connections that Prisma uses; the rate limiter uses them too. */
export const pool: Pool = database.pool;

/** Prisma inside a transaction. */
export type Transaction = Prisma.TransactionClient;

function openDatabase() {
  const pool = new BoundedPool({
    connectionString: findDatabaseUrl(),
    patienceMs,
    isUnavailable: isDatabaseUnavailable,
  });
  return { pool, db: new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" }) };
}

/**
 * Runs SQL on the pool itself. Building and parsing a query costs Prisma about as much as the rest of a request,
 * so what every request does (authentication, reading articles, rotating a refresh token) uses this.
 *
 * @param sql a `Prisma.sql` template: values are always parameters.
 * @returns the rows; the caller names their type, which the response's contract checks.
 */
export async function query<Row extends QueryResultRow>(sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await pool.query<Row>(sql.text, sql.values);
  return rows;
}
