import "server-only";
import { connect } from "node:net";
import { PrismaPg } from "@prisma/adapter-pg";
import { Client, Pool, type PoolClient, type QueryResultRow } from "pg";
import { isEmbedded } from "@/lib/database/embedded-address";
import { recordDatabaseOutage } from "@/lib/database/outages";
import { isUnreachable, isUnreachableState } from "@/lib/database/unreachable";
import { Prisma, PrismaClient } from "@/lib/generated/prisma/client";
import { errorCodeOf } from "@/lib/runtime/error-code";
import { log } from "@/lib/runtime/log";
import { AppError, type ErrorCode } from "./errors";

export { Prisma };

/** Whether this is the database that comes with the project: one session that every statement waits for. */
export const isEmbeddedDatabase = isEmbedded(process.env.DATABASE_URL);

/**
 * How long a connection may take to be made, a statement to be answered, and a call to wait for a free connection. The
 * embedded database cannot interrupt a statement, and is on this machine: its silence means that it is busy.
 */
const patienceMs = isEmbeddedDatabase ? 10_000 : 2_000;
/** How long an answer that may have come while this process was busy itself has to be read. */
const readingMs = 100;
/** How long a statement that was asked to stop has to do so. */
const stoppingMs = 400;
/** How long a database that did not answer is left alone before the next call tries it again. */
const restMs = 1000;
const maxConnections = 10;
/** Beyond it a call is refused at once: in a crowd everyone would otherwise wait long, and most of them in vain. */
const maxWaiting = 200;

/** The database did not answer. The doors turn it into 503. */
class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  /**
   * PostgreSQL's own code for it. The pool belongs to whichever bundle of the server opened it, so its errors
   * are known by their code: `instanceof` would compare with another bundle's class.
   */
  readonly code = "08006";
}

/** What a statement that waits for its answer is about to suffer. */
type Watch = { timer?: NodeJS.Timeout; isCancelled: boolean };

/**
 * A pool that does not queue callers behind a database that is gone or frozen: when nothing at all was answered for two
 * seconds, every call fails at once for a moment. A statement that is slow while others are answered is cancelled, and
 * fails alone.
 *
 * The time is kept here rather than by `statement_timeout`: as a parameter of the connection poolers (PgBouncer, Neon,
 * Supabase) refuse it, set in the session it would be left to other users of a pooled connection, and set in a
 * transaction it would cost each read three more round trips.
 */
class BoundedPool extends Pool {
  private restUntil = 0;
  private heardAt = Date.now();
  private readonly watches = new WeakMap<PoolClient, Watch>();

  constructor() {
    super({
      connectionString: process.env.DATABASE_URL,
      max: maxConnections,
      connectionTimeoutMillis: patienceMs,
      // A parked connection must not keep a script or a test from ending.
      allowExitOnIdle: true,
    });
    this.on("connect", (client) => this.watchStatements(client));
    this.on("release", (error, client) => {
      if (isDatabaseUnavailable(error)) recordDatabaseOutage();
      this.unwatch(client, !error);
    });
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
    const refusal = this.refusal();
    if (refusal) {
      recordDatabaseOutage();
      const error = new DatabaseUnavailable(refusal);
      if (!callback) return Promise.reject(error);
      callback(error, undefined, () => {});
      return;
    }
    if (!callback) return super.connect().catch((error: unknown) => this.giveUp(error));
    super.connect((error, client, done) => {
      if (error) this.restIfAway(error);
      callback(error, client, done);
    });
  }

  /** Why a call would wait in vain. */
  private refusal(): string | undefined {
    if (Date.now() < this.restUntil) return "The database did not answer a moment ago.";
    if (this.waitingCount >= maxWaiting) return "Too many calls wait for a connection.";
  }

  private giveUp(error: unknown): never {
    this.restIfAway(error);
    throw error;
  }

  /** A call that found no free connection in time has only met a busy moment, unless nothing was answered in it. */
  private restIfAway(error: unknown): void {
    if (!isDatabaseUnavailable(error)) return;
    recordDatabaseOutage();
    if (Date.now() - this.heardAt >= patienceMs) this.rest();
  }

  private rest(): void {
    this.restUntil = Date.now() + restMs;
  }

  private watchStatements(client: PoolClient): void {
    const watch: Watch = { isCancelled: false };
    this.watches.set(client, watch);
    client.query = new Proxy(client.query, {
      apply: (query, _this, parameters) => {
        this.awaitAnswer(client, watch);
        return Reflect.apply(query, client, parameters);
      },
    });
    client.on("drain", () => this.unwatch(client, true));
  }

  private unwatch(client: PoolClient, isAnswered: boolean): void {
    const watch = this.watches.get(client);
    clearTimeout(watch?.timer);
    if (isAnswered) this.heardAt = Date.now();
    // A request to stop that comes late would meet the next statement.
    if (watch?.isCancelled) this.cut(client);
  }

  private awaitAnswer(client: PoolClient, watch: Watch): void {
    const startedAt = Date.now();
    const after = (milliseconds: number, act: () => void) => {
      clearTimeout(watch.timer);
      watch.timer = setTimeout(act, milliseconds);
      watch.timer.unref();
    };
    const cancel = () => {
      watch.isCancelled = true;
      if (client instanceof Client) cancelStatement(client);
      after(stoppingMs, cut);
    };
    const cut = () => {
      log.warn("database.statement-cut", { milliseconds: Date.now() - startedAt });
      if (this.heardAt < startedAt) this.rest();
      this.cut(client);
    };
    after(patienceMs, () => after(readingMs, cancel));
  }

  private cut(client: PoolClient): void {
    recordDatabaseOutage();
    // Ending a client in the middle of a query destroys its socket, and the query fails.
    if (client instanceof Client) void client.end().catch(() => {});
  }
}

/**
 * Asks the server to stop what a connection waits for: that statement fails with 57014. It goes by a connection of its
 * own, unencrypted even where the others are not, as those of PostgreSQL's own library long did. A pooler that does not
 * take it loses nothing: the waiting connection is closed then.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancelStatement(client: Client & { processID?: unknown; secretKey?: unknown }): void {
  const { host, port, processID, secretKey } = client;
  if (typeof processID !== "number" || typeof secretKey !== "number") return;
  const request = Buffer.alloc(16);
  for (const [index, number] of [request.length, cancelRequest, processID, secretKey].entries()) {
    request.writeInt32BE(number, index * 4);
  }
  const address = host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const socket = connect(address, () => socket.end(request));
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on("error", () => socket.destroy()).unref();
}

const cancelRequest = 80877102;

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
  const pool = new BoundedPool();
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
 * @throws AppError with that code; anything else unchanged.
 */
export function onDuplicate(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (isDuplicate(error)) throw new AppError(code, { cause: error });
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
 * @throws AppError with that code; anything else unchanged.
 * @see PostgreSQL, appendix A: 23503 is a broken foreign key; Prisma calls it P2003
 */
export function onMissing(code: ErrorCode): (error: unknown) => never {
  return (error) => {
    if (["P2003", "23503"].includes(errorCodeOf(error))) throw new AppError(code, { cause: error });
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

/** PostgreSQL's code for a statement that was cancelled since it took too long. */
const cancelled = "57014";

/**
 * @returns whether an error, or what caused it, means that the database is away or too busy rather than that we are
 * wrong.
 */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isUnreachable(error) || unavailablePrismaCodes.has(errorCodeOf(error))) return true;
  if ([errorCodeOf(error), sqlStateOf(error)].includes(cancelled)) return true;
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
