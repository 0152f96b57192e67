import "server-only";
import { connect } from "node:net";
import { Client, Pool, type PoolClient } from "pg";
import { log } from "@/lib/runtime/log";
import { recordDatabaseOutage } from "./outages";

/** How long an answer that may have come while this process was busy itself has to be read. */
const readingMs = 100;
/** How long a statement that was asked to stop has to do so. */
const stoppingMs = 400;
/** How long a database that did not answer is left alone before the next call tries it again. */
const restMs = 1000;
const maxConnections = 10;
/** Beyond it a call fails at once: otherwise all would wait long, and most would time out. */
const maxWaiting = 200;

/** The database did not answer. The API and pages answer 503. */
class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  /**
   * PostgreSQL's own code for it. The pool belongs to whichever bundle of the server opened it, so its errors
   * are known by their code: `instanceof` would compare with another bundle's class.
   */
  readonly code = "08006";
}

type BoundedPoolOptions = {
  connectionString: string | undefined;
  patienceMs: number;
  isUnavailable: (error: unknown) => boolean;
};

/** The next step for a statement that waits for its answer. */
type Watch = { timer?: NodeJS.Timeout; isCancelled: boolean };

/**
 * A pool that does not queue callers behind a database that is unreachable or frozen: after two seconds without any
 * answer, every call fails at once for a moment. A statement that is slow while others are answered is cancelled, and
 * fails alone.
 *
 * The time is kept here rather than by `statement_timeout`: as a parameter of the connection poolers (PgBouncer, Neon,
 * Supabase) refuse it, set in the session it would be left to other users of a pooled connection, and set in a
 * transaction it would cost each read three more round trips.
 */
export class BoundedPool extends Pool {
  private readonly patienceMs: number;
  private readonly isUnavailable: (error: unknown) => boolean;

  private restUntil = 0;
  private heardAt = Date.now();
  private readonly watches = new WeakMap<PoolClient, Watch>();

  /**
   * @param options.patienceMs how long a connection may take to be made, a statement to be answered, and a call to wait
   *   for a free connection.
   * @param options.isUnavailable whether an error means that the database is away or too busy.
   */
  constructor({ connectionString, patienceMs, isUnavailable }: BoundedPoolOptions) {
    super({
      connectionString,
      max: maxConnections,
      connectionTimeoutMillis: patienceMs,
      // A parked connection must not keep a script or a test from ending.
      allowExitOnIdle: true,
    });
    this.patienceMs = patienceMs;
    this.isUnavailable = isUnavailable;
    this.on("connect", (client) => this.watchStatements(client));
    this.on("release", (error, client) => {
      if (this.isUnavailable(error)) recordDatabaseOutage();
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
    const reason = this.unavailableReason();
    if (reason) {
      recordDatabaseOutage();
      const error = new DatabaseUnavailable(reason);
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

  /** @returns why a call would not get a connection; undefined if it may wait for one. */
  private unavailableReason(): string | undefined {
    if (Date.now() < this.restUntil) return "The database did not answer a moment ago.";
    if (this.waitingCount >= maxWaiting) return "Too many calls wait for a connection.";
  }

  private giveUp(error: unknown): never {
    this.restIfAway(error);
    throw error;
  }

  /** A call that found no free connection in time has only met a busy moment, unless nothing was answered in it. */
  private restIfAway(error: unknown): void {
    if (!this.isUnavailable(error)) return;
    recordDatabaseOutage();
    if (Date.now() - this.heardAt >= this.patienceMs) this.rest();
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
      if (client instanceof Client) cancelStatement(client, this.patienceMs);
      after(stoppingMs, cut);
    };
    const cut = () => {
      log.warn("database.statement-cut", { milliseconds: Date.now() - startedAt });
      if (this.heardAt < startedAt) this.rest();
      this.cut(client);
    };
    after(this.patienceMs, () => after(readingMs, cancel));
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
 * take it loses nothing: the waiting connection is closed then. The server closes that connection: PgBouncer 1.18 ends
 * its process when the client does so first.
 *
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-CANCELING-REQUESTS
 */
function cancelStatement(
  client: Client & { processID?: unknown; secretKey?: unknown },
  patienceMs: number,
): void {
  const { host, port, processID, secretKey } = client;
  if (typeof processID !== "number" || typeof secretKey !== "number") return;
  const request = Buffer.alloc(16);
  for (const [index, number] of [request.length, cancelRequest, processID, secretKey].entries()) {
    request.writeInt32BE(number, index * 4);
  }
  const address = host.startsWith("/") ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const socket = connect(address, () => socket.write(request));
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on("error", () => socket.destroy()).unref();
}

const cancelRequest = 80877102;
