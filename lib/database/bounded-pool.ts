import "server-only";
import { connect } from "node:net";
import { Client, type ClientBase, defaults, Pool, type PoolClient } from "pg";
import { log } from "@/lib/runtime/log";
import { recordDatabaseOutage } from "./outages";

/** Extra time to read a response that arrived in time while this process was busy. */
const readGraceMs = 100;
/** How long a cancelled statement may take to stop. */
const cancelGraceMs = 400;
/** How long calls fail at once after the database did not respond. */
const cooldownMs = 1000;
const maxConnections = 10;
/** Beyond this, a call fails at once: otherwise all calls would wait long, and most would time out. */
const maxWaiting = 200;

/** The database did not respond. The API and pages respond with 503. */
class DatabaseUnavailable extends Error {
  override name = "DatabaseUnavailable";
  /**
   * PostgreSQL's code for a lost connection. Callers compare it rather than use `instanceof`: the pool may have been
   * opened by another bundle of the server, which has its own copy of this class.
   */
  readonly code = "08006";
}

// By default, times are written in the time zone of the process, with an offset in whole minutes: before 1908, Seoul was
// ahead of UTC by 52 seconds more.
defaults.parseInputDatesAsUTC = true;

type BoundedPoolOptions = {
  connectionString: string | undefined;
  patienceMs: number;
  isUnavailable: (error: unknown) => boolean;
};

type ConnectCallback = (
  error: Error | undefined,
  client: PoolClient | undefined,
  done: (release?: unknown) => void,
) => void;

/** The timeout of a running statement. */
type StatementTimeout = { timer?: NodeJS.Timeout; isCancelled: boolean };

/**
 * A pool that does not queue callers behind an unreachable or frozen database: after `patienceMs` without any response,
 * every call fails at once for a second. A statement that is slow while others complete is cancelled and fails alone.
 *
 * The timeout is enforced here, not by `statement_timeout`: connection poolers (PgBouncer, Neon, Supabase) reject it as
 * a connection parameter, a session setting would leak to other users of a pooled connection, and a setting per
 * transaction would cost each read three more round trips.
 */
export class BoundedPool extends Pool {
  private readonly patienceMs: number;
  private readonly isUnavailable: (error: unknown) => boolean;

  private cooldownUntil = 0;
  private lastResponseAt = Date.now();
  private readonly timeouts = new WeakMap<PoolClient, StatementTimeout>();

  /**
   * @param options.patienceMs the timeout for connecting, for a statement, and for waiting for a free connection.
   * @param options.isUnavailable whether an error means that the database is unavailable or too busy.
   */
  constructor({ connectionString, patienceMs, isUnavailable }: BoundedPoolOptions) {
    super({
      connectionString,
      max: maxConnections,
      connectionTimeoutMillis: patienceMs,
      // An idle connection must not keep a script or a test running.
      allowExitOnIdle: true,
      onConnect: (client) => useUtc(client, patienceMs),
    });
    this.patienceMs = patienceMs;
    this.isUnavailable = isUnavailable;
    this.on("connect", (client) => this.timeOutStatements(client));
    this.on("release", (error, client) => {
      if (this.isUnavailable(error)) recordDatabaseOutage();
      this.stopTimeout(client, !error);
    });
    // An idle connection that breaks (the database restarted) is replaced at the next call.
    this.on("error", (error) => log.warn("database.connection-lost", { reason: error.message }));
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | undefined {
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
      if (error) this.coolDownIfUnavailable(error);
      callback(error, client, done);
    });
  }

  /** @returns why a call would not get a connection; undefined if it may wait for one. */
  private unavailableReason(): string | undefined {
    if (Date.now() < this.cooldownUntil) return "The database did not answer a moment ago.";
    if (this.waitingCount >= maxWaiting) return "Too many calls wait for a connection.";
  }

  private giveUp(error: unknown): never {
    this.coolDownIfUnavailable(error);
    throw error;
  }

  /** A call that got no free connection in time only met a busy moment, unless the database responded to nothing. */
  private coolDownIfUnavailable(error: unknown): void {
    if (!this.isUnavailable(error)) return;
    recordDatabaseOutage();
    if (Date.now() - this.lastResponseAt >= this.patienceMs) this.coolDown();
  }

  private coolDown(): void {
    this.cooldownUntil = Date.now() + cooldownMs;
  }

  private timeOutStatements(client: PoolClient): void {
    const timeout: StatementTimeout = { isCancelled: false };
    this.timeouts.set(client, timeout);
    client.query = new Proxy(client.query, {
      apply: (query, _this, parameters) => {
        this.startTimeout(client, timeout);
        return Reflect.apply(query, client, parameters);
      },
    });
    client.on("drain", () => this.stopTimeout(client, true));
  }

  private stopTimeout(client: PoolClient, isAnswered: boolean): void {
    const timeout = this.timeouts.get(client);
    clearTimeout(timeout?.timer);
    if (isAnswered) this.lastResponseAt = Date.now();
    // A late cancel request would cancel the next statement on this connection.
    if (timeout?.isCancelled) this.cut(client);
  }

  private startTimeout(client: PoolClient, timeout: StatementTimeout): void {
    const startedAt = Date.now();
    const after = (milliseconds: number, act: () => void) => {
      clearTimeout(timeout.timer);
      timeout.timer = setTimeout(act, milliseconds);
      timeout.timer.unref();
    };
    const cancel = () => {
      timeout.isCancelled = true;
      if (client instanceof Client) cancelStatement(client, this.patienceMs);
      after(cancelGraceMs, cut);
    };
    const cut = () => {
      log.warn("database.statement-cut", { milliseconds: Date.now() - startedAt });
      if (this.lastResponseAt < startedAt) this.coolDown();
      this.cut(client);
    };
    after(this.patienceMs, () => after(readGraceMs, cancel));
  }

  private cut(client: PoolClient): void {
    recordDatabaseOutage();
    // Ending a client in the middle of a query destroys its socket, and the query fails.
    if (client instanceof Client) void client.end().catch(() => {});
  }
}

/**
 * Sets the time zone of a new connection. Prisma writes times without an offset, and PostgreSQL reads them in the time
 * zone of the session, which is that of the server's country unless it is set.
 *
 * @throws DatabaseUnavailable
 */
async function useUtc(client: ClientBase, patienceMs: number): Promise<void> {
  // Not a startup parameter, which some poolers reject; they keep this setting apart for each of their clients.
  const statement = { text: "SET TIME ZONE 'UTC'", query_timeout: patienceMs };
  await client.query(statement).catch((cause: unknown) => {
    throw new DatabaseUnavailable("The database accepted a connection, and then did not answer.", { cause });
  });
}

/**
 * Cancels the running statement of a connection, which then fails with 57014. The request is sent on a separate,
 * unencrypted connection, even where the others use TLS, as libpq did for long. If a pooler rejects it, the waiting
 * connection is closed instead. The server closes the separate one: PgBouncer 1.18 exits when the client closes first.
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
