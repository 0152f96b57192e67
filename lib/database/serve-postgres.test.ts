import { createHash } from "node:crypto";
import { once } from "node:events";
import { type AddressInfo, connect, type Server, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";
import { Client, Pool } from "pg";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { servePostgres } from "./serve-postgres";

let postgres: PGlite;
let server: Server;
let pool: Pool;

beforeAll(async () => {
  postgres = await PGlite.create();
  server = servePostgres(Promise.resolve(postgres), "open sesame").listen(0, "127.0.0.1");
  await once(server, "listening");
  pool = new Pool({ ...address(), max: 10 });
  await pool.query("CREATE TABLE note (id int PRIMARY KEY, text text)");
});
afterEach(async () => {
  await pool.query("TRUNCATE note");
});
afterAll(async () => {
  await pool.end();
  server.close();
  await postgres.close();
});

function address() {
  const { port } = server.address() as AddressInfo;
  return { host: "127.0.0.1", port, user: "postgres", password: "open sesame", database: "postgres" };
}

async function openClient(): Promise<Client> {
  const client = new Client(address());
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

test("each client gets its own response, with large queries and many clients", async () => {
  const ask = async (number: number) => {
    const text = `${number} ${"x".repeat((number % 5) * 50_000)}`;
    const { rows } =
      number % 2 === 0
        ? await pool.query("SELECT $1::int AS number, $2::text AS text", [number, text])
        : await pool.query("SELECT length($2::text) AS length, $1::int AS number", [number, text]);
    const { number: returned, ...rest } = rows[0];
    expect(returned).toBe(number);
    expect(rest).toEqual(number % 2 === 0 ? { text } : { length: text.length });
  };

  await Promise.all(Array.from({ length: 300 }, (_, number) => ask(number)));
});

test("two connections can prepare different statements under the same name", async () => {
  const [one, other] = [await openClient(), await openClient()];

  await one.query({ name: "find", text: "SELECT $1::int AS found", values: [1] });
  await other.query({ name: "find", text: "SELECT $1::text AS found", values: ["two"] });
  const again = await one.query({ name: "find", text: "SELECT $1::int AS found", values: [3] });

  expect(again.rows).toEqual([{ found: 3 }]);
  await one.end();
  await other.end();
});

test("prepared statements are removed with their connection", async () => {
  const client = await openClient();
  await client.query({ name: "find", text: "SELECT 1", values: [] });
  await client.end();

  await expect
    .poll(() => pool.query("SELECT * FROM pg_prepared_statements").then(({ rows }) => rows))
    .toEqual([]);
});

test("a transaction is isolated from other clients until it ends", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await client.query("INSERT INTO note VALUES (1, 'mine')");
  const meanwhile = pool.query("SELECT count(*)::int AS count FROM note");
  await client.query("INSERT INTO note VALUES (2, 'mine')");
  await client.query("ROLLBACK");

  expect((await meanwhile).rows).toEqual([{ count: 0 }]);
  await client.end();
});

test("a client that disconnects in a transaction has it rolled back, and blocks no other client", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await client.query("INSERT INTO note VALUES (1, 'unfinished')");
  const waiting = pool.query("SELECT * FROM note");
  destroy(client);

  expect((await waiting).rows).toEqual([]);
});

test("a client that disconnects while a BEGIN is in flight blocks no other client", async () => {
  for (let round = 0; round < 20; round++) {
    const client = await openClient();
    client.query("BEGIN; INSERT INTO note VALUES (1, 'unfinished')").catch(() => undefined);
    destroy(client);
  }

  expect((await pool.query("SELECT * FROM note")).rows).toEqual([]);
});

test("an error in a transaction reaches only its client, and ends with the transaction", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await expect(client.query("SELECT $1::int / 0", [1])).rejects.toMatchObject({ code: "22012" });
  await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
  await client.query("ROLLBACK");

  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test("rejects a client without the password", async () => {
  await expect(new Client({ ...address(), password: "guess" }).connect()).rejects.toMatchObject({
    code: "28P01",
  });
});

test("reads a message that arrives byte by byte", async () => {
  const client = connect(address().port, "127.0.0.1").setNoDelay(true);
  for (const byte of startup()) client.write(Buffer.of(byte));

  const [answer] = await once(client, "data");

  expect(answer.toString("latin1")).toBe("R\0\0\0\x08\0\0\0\x03");
  client.destroy();
});

test.each([
  ["the length of nothing", Buffer.of(0, 0, 0, 0)],
  ["a length without a version", Buffer.of(0, 0, 0, 4)],
  ["a length that lacks a part of itself", Buffer.of(0, 0, 0, 3)],
  ["the greatest length", Buffer.of(255, 255, 255, 255)],
  ["more than a start may have", Buffer.of(0, 0, 39, 17, 0, 3, 0, 0)],
  ["a password before the start", Buffer.from("p\0\0\0\x10open sesame\0")],
  ["another protocol", Buffer.from("GET / HTTP/1.1\r\n\r\n")],
  ["a password of negative length", Buffer.concat([startup(), Buffer.from("p\0\0\0\0")])],
  ["an endless password", Buffer.concat([startup(), Buffer.of(112, 127, 255, 255, 255)])],
  ["no password", Buffer.concat([startup(), Buffer.from("p\0\0\0\x04")])],
])("disconnects only the unauthenticated client that sends %s", async (_, bytes) => {
  await expectDisconnect(connect(address().port, "127.0.0.1"), bytes);
});

test.each([
  ["an unknown message", message("Z", "")],
  ["a Bind whose names have no end", message("B", "portal")],
  ["a Bind whose statement has no end", message("B", "portal\0statement")],
  ["a Parse without an end", message("P", "statement")],
  ["a message shorter than its length", Buffer.from("Q\0\0\0\x03")],
  ["a start in the middle", startup()],
])("disconnects only the authenticated client that sends %s", async (_, bytes) => {
  const client = await openClient();
  await expectDisconnect(streamOf(client), bytes);
});

test("random bytes before or after the password end no connection but their own", async () => {
  const sent = Array.from({ length: 200 }, (_, round) => randomPart(round));
  for (const bytes of sent) {
    const stranger = connect(address().port, "127.0.0.1").on("error", () => undefined);
    stranger.end(bytes);
    await once(stranger.resume(), "close");
  }
  for (const bytes of sent) {
    const client = await openClient();
    const stream = streamOf(client);
    stream.end(bytes);
    if (!stream.closed) await once(stream, "close");
  }

  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
});

async function expectDisconnect(socket: Socket, bytes: Buffer) {
  socket.on("error", () => undefined).resume();
  socket.write(bytes);
  await once(socket, "close");
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
}

/** A valid message start, cut at a pseudo-random place that is the same in each run. */
function randomPart(round: number): Buffer {
  const random = createHash("shake256", { outputLength: 64 }).update(String(round)).digest();
  const type = Buffer.from("PBDECHSQFdcfpXZ"[round % 15] ?? "");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(round % 3 === 0 ? random.readUInt32BE() : (random[0] ?? 0) % 64);
  const starts = [random, Buffer.concat([type, length, random]), startup(), Buffer.concat([length, random])];
  const start = starts[round % 4] ?? random;
  return start.subarray(0, round % 5 === 0 ? start.length : (random[1] ?? 0) % start.length);
}

function startup(): Buffer {
  const start = Buffer.from("\0\0\0\0\0\x03\0\0user\0postgres\0database\0postgres\0\0", "latin1");
  start.writeInt32BE(start.length);
  return start;
}

function message(type: string, body: string): Buffer {
  const sent = Buffer.from(`${type}\0\0\0\0${body}`);
  sent.writeInt32BE(sent.length - 1, 1);
  return sent;
}

/** Closes the socket without a goodbye, as a killed process does. */
function destroy(client: Client) {
  streamOf(client).destroy();
}

function streamOf(client: Client): Socket {
  // @types/pg does not declare the connection.
  return (client as Client & { connection: { stream: Socket } }).connection.stream;
}
