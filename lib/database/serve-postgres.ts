import { createServer, type Server, type Socket } from "node:net";
import type { PGlite } from "@electric-sql/pglite";

/**
 * Serves PGlite over PostgreSQL's wire protocol, to any number of connections.
 *
 * PGlite has one session, while each client expects its own. So clients take turns: a turn lasts until a request is
 * complete (a query in the extended protocol is five messages) and its transaction has ended. Names of prepared
 * statements are prefixed with the connection's number, and a client that disconnects has its transaction rolled back.
 * Session state that SQL sets remains shared: `SET`, session-level advisory locks, `LISTEN`.
 *
 * (`@electric-sql/pglite-socket` takes turns per message. When a message spans several packets, others come in between,
 * and a connection receives the rows of another client.)
 *
 * @param database may still be starting: connections wait for it.
 * @param password required of every connection, since other users may share this machine.
 * @see https://www.postgresql.org/docs/current/protocol-message-formats.html
 */
export function servePostgres(database: Promise<PGlite>, password: string): Server {
  const clients = new Set<Client>();
  let turn: Client | undefined;
  let isWorking = false;

  return createServer((socket) => {
    const client: Client = { id: ++connections, socket, requests: [], statements: new Set() };
    clients.add(client);
    socket.setNoDelay(true);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      client.requests = client.isAuthenticated ? cleanUpRequests(client) : [];
      client.isClosed = true;
      void work();
    });
    readMessages(client, handleMessages(client, password, work));
  });

  /** Executes the queued requests one after another. */
  async function work() {
    if (isWorking) return;
    isWorking = true;
    const postgres = await database;
    for (let client = next(); client && postgres.ready; client = next()) {
      const { socket } = client;
      const request = client.requests.shift() ?? sync;
      socket.cork();
      try {
        await postgres.execProtocolRawStream(request, {
          onRawData: (data) => void (socket.writable && socket.write(Buffer.from(data))),
        });
      } catch (error) {
        console.error("A request could not be answered.", error);
        socket.destroy();
        // Throws if PGlite itself is broken: then this process exits, and the next one takes over.
        await postgres.execProtocolRaw(sync);
      }
      socket.uncork();
      turn = postgres.isInTransaction() || isUnfinished(request) ? client : undefined;
      // Moves to the end of the queue, so that each client gets a turn.
      clients.delete(client);
      if (!client.isClosed || client.requests.length > 0) clients.add(client);
    }
    isWorking = false;
  }

  function next(): Client | undefined {
    for (const client of turn ? [turn] : clients) if (client.requests.length > 0) return client;
  }
}

let connections = 0;

type Client = {
  id: number;
  socket: Socket;
  /** Complete requests, each of one or more messages. */
  requests: Buffer[];
  /** Prepared statements to close when the client disconnects. */
  statements: Set<string>;
  isAuthenticated?: boolean;
  isClosed?: boolean;
};

/** Bytes that are not a message of the protocol. The connection is closed. */
class ProtocolViolation extends Error {
  override name = "ProtocolViolation";
}

/** As in PostgreSQL: before authentication a message must be small, since anyone can send it. */
const maxBytes = { beforePassword: 10_000, afterPassword: 2 ** 30 };

/** Splits incoming bytes into messages. Only the first ones, before the connection is set up, have no type. */
function readMessages(client: Client, receive: (message: Buffer) => "typed" | "untyped") {
  const { socket } = client;
  let next: "typed" | "untyped" = "untyped";
  let unread = Buffer.alloc(0);
  socket.on("data", (data) => {
    unread = unread.length > 0 ? Buffer.concat([unread, data]) : data;
    try {
      while (!socket.writableEnded) {
        const typeLength = next === "typed" ? 1 : 0;
        if (unread.length < typeLength + 4) return;
        const length = typeLength + lengthOf(unread, typeLength, client);
        if (unread.length < length) return;
        const message = unread.subarray(0, length);
        unread = unread.subarray(length);
        next = receive(message);
      }
    } catch (error) {
      if (!(error instanceof ProtocolViolation)) console.error("A message could not be read.", error);
      socket.destroy();
    }
  });
}

/** @returns the declared length of a message, without its type. */
function lengthOf(unread: Buffer, start: number, { isAuthenticated }: Client): number {
  const length = unread.readUInt32BE(start);
  const isUntyped = start === 0;
  if (isAuthenticated && !messageTypes.includes(typeOf(unread)))
    throw new ProtocolViolation("There is no such message.");
  // The length includes itself; an untyped message also has a version or a code.
  const minimum = isUntyped ? 8 : 4;
  if (length < minimum || length > (isAuthenticated ? maxBytes.afterPassword : maxBytes.beforePassword)) {
    throw new ProtocolViolation(`A message cannot have ${length} bytes.`);
  }
  return length;
}

/** Authenticates a client by the password, then groups its messages into requests. */
function handleMessages(client: Client, password: string, work: () => Promise<void>) {
  const { socket } = client;
  let startup: Buffer | undefined;
  let parts: Buffer[] = [];

  return (message: Buffer): "typed" | "untyped" => {
    if (client.isAuthenticated) {
      if (typeOf(message) === "X") {
        socket.end();
        return "typed";
      }
      parts.push(prefixStatementName(client, message));
      // PostgreSQL sends no response between Parse and Sync (or Flush), so these messages can be executed together.
      if (!"PBDEC".includes(typeOf(message))) {
        client.requests.push(Buffer.concat(parts));
        parts = [];
        void work();
      }
      return "typed";
    }

    if (!startup) {
      const code = message.readUInt32BE(4);
      if (code === sslRequest || code === gssRequest) {
        socket.write("N");
        return "untyped";
      }
      if (code !== protocol3) {
        // A cancel request (not possible with one session), or an unsupported protocol.
        socket.end();
        return "untyped";
      }
      startup = message;
      socket.write(askForPassword);
      return "typed";
    }

    if (typeOf(message) === "p" && message.toString("utf8", 5, message.length - 1) === password) {
      client.isAuthenticated = true;
      client.requests.push(startup);
      void work();
    } else {
      socket.end(wrongPassword);
    }
    return "typed";
  };
}

/** Prefixes the name of a prepared statement with the connection's number: "find" becomes "7:find". */
function prefixStatementName(client: Client, message: Buffer): Buffer {
  const type = typeOf(message);
  let start = 5;
  // Bind names a portal first; Describe and Close say whether they mean a statement or a portal.
  if (type === "B") start = endOfText(message, start) + 1;
  else if ((type === "D" || type === "C") && message[start] === "S".charCodeAt(0)) start += 1;
  else if (type !== "P") return message;
  const end = endOfText(message, start);
  if (end === start) return message;

  const name = `${client.id}:${message.toString("utf8", start, end)}`;
  if (type === "P") client.statements.add(name);
  if (type === "C") client.statements.delete(name);
  const renamed = Buffer.concat([
    message.subarray(0, start),
    Buffer.from(`${client.id}:`),
    message.subarray(start),
  ]);
  renamed.writeUInt32BE(renamed.length - 1, 1);
  return renamed;
}

function endOfText(message: Buffer, start: number): number {
  const end = message.indexOf(0, start);
  if (end === -1) throw new ProtocolViolation("A text has no end.");
  return end;
}

/** Cleans up after a disconnected client: its partial request, its transaction, its statements. */
function cleanUpRequests({ statements }: Client): Buffer[] {
  const forgotten = [...statements].map((name) => message("C", `S${name}\0`));
  return [sync, message("Q", "ROLLBACK\0"), Buffer.concat([...forgotten, sync])];
}

/** A request that ends with Flush: its client reads the response and continues. */
function isUnfinished(request: Buffer): boolean {
  return request.length >= 5 && request.subarray(-5).equals(flush);
}

function typeOf(message: Buffer): string {
  return String.fromCharCode(message[0] ?? 0);
}

function message(type: string, body: string): Buffer {
  const content = Buffer.from(body);
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(content.length + 4, 1);
  return Buffer.concat([head, content]);
}

/** Parse, Bind, Describe, Execute, Close, Flush, Sync, Query, FunctionCall, CopyData, CopyDone, CopyFail, Terminate. */
const messageTypes = "PBDECHSQFdcfX";
const protocol3 = 196608;
const sslRequest = 80877103;
const gssRequest = 80877104;
const sync = message("S", "");
const flush = message("H", "");
const askForPassword = message("R", "\0\0\0\x03");
const wrongPassword = message("E", "SFATAL\0VFATAL\0C28P01\0Mpassword authentication failed\0\0");
