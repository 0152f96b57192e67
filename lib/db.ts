import "server-only";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client, Pool, type PoolClient, type QueryResultRow } from "pg";
import { isUnreachable, isUnreachableState } from "@/prisma/unreachable";
import { errorCodeOf } from "./error-code";
import { Prisma, PrismaClient } from "./generated/prisma/client";
import { ApiError, type ErrorCode } from "./http/errors";
import { log } from "./log";

export { Prisma };

/** A connection, a query and the wait for a free connection each give up after this. */
const patienceMs = 2000;
/** How long an answer that may have come while this process was busy itself has to be read. */
const readingMs = 200;
/** How long a database that did not answer is left alone before the next call tries it again. */
const restMs = 1000;
const maxConnections = 10;

/** The database did not answer. The doors turn it into 503. */
class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  /**
   * PostgreSQL's own code for it. The pool belongs to whichever bundle of the server opened it, so its errors
   * are known by their code: `instanceof` would compare with another bundle's class.
   */
  readonly code = "08006";
}

/**
 * A pool that does not queue callers behind a database that is gone or frozen: a connection that stays silent
 * is cut, and for a moment after that every call fails at once.
 */
class ImpatientPool extends Pool {
  private restUntil = 0;
  private readonly watchdogs = new WeakMap<PoolClient, NodeJS.Timeout>();

  constructor() {
    super({
      connectionString: process.env.DATABASE_URL,
      max: maxConnections,
      connectionTimeoutMillis: patienceMs,
      // A parked connection must not keep a script or a test from ending.
      allowExitOnIdle: true,
    });
    this.on("acquire", (client) => {
      this.watch(client, patienceMs, () => this.watch(client, readingMs, () => this.cut(client)));
    });
    this.on("release", (_error, client) => clearTimeout(this.watchdogs.get(client)));
    // An idle connection that dies (a restart of the database) is replaced at the next call.
    this.on("error", (error) => log.warn("database.connection-lost", { reason: error.message }));
  }

  override connect(): Promise<PoolClient>;
  override connect(
    callback: (
      error: Error | undefined,
      client: PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): void;
  override connect(
    callback?: (
      error: Error | undefined,
      client: PoolClient | undefined,
      done: (release?: unknown) => void,
    ) => void,
  ): Promise<PoolClient> | undefined {
    if (Date.now() < this.restUntil) {
      const error = new DatabaseUnavailable("The database did not answer a moment ago.");
      if (!callback) return Promise.reject(error);
      callback(error, undefined, () => {});
      return;
    }
    if (!callback) return super.connect().catch((error: unknown) => this.giveUp(error));
    super.connect((error, client, done) => {
      if (error) this.rest(error);
      callback(error, client, done);
    });
  }

  private giveUp(error: unknown): never {
    this.rest(error);
    throw error;
  }

  private rest(error: unknown): void {
    if (isDatabaseUnavailable(error)) this.restUntil = Date.now() + restMs;
  }

  private watch(client: PoolClient, milliseconds: number, onSilence: () => void): void {
    const watchdog = setTimeout(onSilence, milliseconds);
    watchdog.unref();
    this.watchdogs.set(client, watchdog);
  }

  private cut(client: PoolClient): void {
    this.restUntil = Date.now() + restMs;
    // Ending a client in the middle of a query destroys its socket, and the query fails.
    if (client instanceof Client) void client.end().catch(() => {});
  }
}

type Database = { pool: Pool; db: PrismaClient };

// The development server loads this module anew after each edit; the pool stays.
const kept = globalThis as typeof globalThis & { database?: Database };
kept.database ??= openDatabase();

/** Prisma, for everything but the hottest reads. */
export const db: PrismaClient = kept.database.db;

/** The connections below Prisma; the rate limiter counts on them too. */
export const pool: Pool = kept.database.pool;

/** Prisma inside a transaction. */
export type Transaction = Prisma.TransactionClient;

function openDatabase(): Database {
  const pool = new ImpatientPool();
  return { pool, db: new PrismaClient({ adapter: new PrismaPg(pool), errorFormat: "minimal" }) };
}

/**
 * Runs SQL on the pool itself. Building and parsing a query costs Prisma about as much as the rest of a request,
 * so what every request does (the guard, reading articles, rotating a refresh token) goes this way.
 *
 * @param sql a `Prisma.sql` template: values are always parameters.
 * @returns the rows; the caller names their type, which the answer's contract checks on the way out.
 */
export async function query<Row extends QueryResultRow>(sql: Prisma.Sql): Promise<Row[]> {
  const { rows } = await pool.query<Row>(sql.text, sql.values);
  return rows;
}

/**
 * For `.catch(…)` behind a write: a broken unique constraint becomes the error that it means.
 *
 * @throws ApiError with that code; anything else unchanged.
 */
export function onDuplicate(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (isDuplicate(error)) throw new ApiError(code, { cause: error });
    throw error;
  };
}

/** @returns whether a unique constraint was broken, in Prisma's words or in PostgreSQL's own from the pool. */
export function isDuplicate(error: unknown): boolean {
  return ["P2002", "23505"].includes(errorCodeOf(error));
}

/**
 * For `.catch(…)` behind a write: a row that it refers to, but that was deleted meanwhile, becomes the error that it
 * means.
 *
 * @throws ApiError with that code; anything else unchanged.
 * @see PostgreSQL, appendix A: 23503 is a broken foreign key; Prisma calls it P2003
 */
export function onMissing(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (["P2003", "23503"].includes(errorCodeOf(error))) throw new ApiError(code, { cause: error });
    throw error;
  };
}

/** Prisma's codes for a database that cannot be reached, is full, or lost the connection or transaction. */
const unavailablePrismaCodes = new Set([
  "P1001",
  "P1002",
  "P1008",
  "P1011",
  "P1017",
  "P2024",
  "P2028",
  "P2037",
]);

/** @returns whether an error, or what caused it, means that the database is away rather than that we are wrong. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isUnreachable(error) || unavailablePrismaCodes.has(errorCodeOf(error))) return true;
  return isUnreachableState(sqlStateOf(error)) || isDatabaseUnavailable(error.cause);
}

/** PostgreSQL's own code for what Prisma knows no code of its own for; it keeps the driver's error beside it. */
function sqlStateOf(error: Error): string {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return "";
  const driverError = error.meta?.driverAdapterError;
  if (!(driverError instanceof Error) || !(driverError.cause instanceof Object)) return "";
  const { cause } = driverError;
  return "originalCode" in cause && typeof cause.originalCode === "string" ? cause.originalCode : "";
}
