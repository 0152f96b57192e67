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

test("each client gets its own answer, with large queries and many clients", async () => {
  const ask = async (number: number) => {
    const text = `${number} ${"x".repeat((number % 5) * 50_000)}`;
    const { rows } =
      number % 2 === 0
        ? await pool.query("SELECT $1::int AS number, $2::text AS text", [number, text])
        : await pool.query("SELECT length($2::text) AS length, $1::int AS number", [number, text]);
    const { number: answered, ...rest } = rows[0];
    expect(answered).toBe(number);
    expect(rest).toEqual(number % 2 === 0 ? { text } : { length: text.length });
  };

  await Promise.all(Array.from({ length: 300 }, (_, number) => ask(number)));
});

test("two connections may prepare different statements under the same name", async () => {
  const [one, other] = [await openClient(), await openClient()];

  await one.query({ name: "find", text: "SELECT $1::int AS found", values: [1] });
  await other.query({ name: "find", text: "SELECT $1::text AS found", values: ["two"] });
  const again = await one.query({ name: "find", text: "SELECT $1::int AS found", values: [3] });

  expect(again.rows).toEqual([{ found: 3 }]);
  await one.end();
  await other.end();
});

test("prepared statements go with the connection that made them", async () => {
  const client = await openClient();
  await client.query({ name: "find", text: "SELECT 1", values: [] });
  await client.end();

  await expect
    .poll(() => pool.query("SELECT * FROM pg_prepared_statements").then(({ rows }) => rows))
    .toEqual([]);
});

test("a transaction is not seen, and not disturbed, by others until it is over", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await client.query("INSERT INTO note VALUES (1, 'mine')");
  const meanwhile = pool.query("SELECT count(*)::int AS count FROM note");
  await client.query("INSERT INTO note VALUES (2, 'mine')");
  await client.query("ROLLBACK");

  expect((await meanwhile).rows).toEqual([{ count: 0 }]);
  await client.end();
});

test("a client that vanishes in a transaction leaves nothing of it, and blocks no other client", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await client.query("INSERT INTO note VALUES (1, 'unfinished')");
  const waiting = pool.query("SELECT * FROM note");
  destroy(client);

  expect((await waiting).rows).toEqual([]);
});

test("a client that vanishes while a BEGIN is on its way blocks no other client", async () => {
  for (let round = 0; round < 20; round++) {
    const client = await openClient();
    client.query("BEGIN; INSERT INTO note VALUES (1, 'unfinished')").catch(() => undefined);
    destroy(client);
  }

  expect((await pool.query("SELECT * FROM note")).rows).toEqual([]);
});

test("an error in a transaction reaches the one who made it, and ends with it", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await expect(client.query("SELECT $1::int / 0", [1])).rejects.toMatchObject({ code: "22012" });
  await expect(client.query("SELECT 1")).rejects.toMatchObject({ code: "25P02" });
  await client.query("ROLLBACK");

  expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
  await client.end();
});

test("no client gets in without the password", async () => {
  await expect(new Client({ ...address(), password: "guess" }).connect()).rejects.toMatchObject({
    code: "28P01",
  });
});

test("a message that comes in single bytes is read all the same", async () => {
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
])("a stranger who sends %s loses the connection, and no other client does", async (_, bytes) => {
  await expectToBeHungUpOn(connect(address().port, "127.0.0.1"), bytes);
});

test.each([
  ["an unknown message", message("Z", "")],
  ["a Bind whose names have no end", message("B", "portal")],
  ["a Bind whose statement has no end", message("B", "portal\0statement")],
  ["a Parse without an end", message("P", "statement")],
  ["a message shorter than its length", Buffer.from("Q\0\0\0\x03")],
  ["a start in the middle", startup()],
])("a client who sends %s loses the connection, and no other client does", async (_, bytes) => {
  const client = await openClient();
  await expectToBeHungUpOn(streamOf(client), bytes);
});

test("random bytes end no connection but their own, before the password and after it", async () => {
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

async function expectToBeHungUpOn(socket: Socket, bytes: Buffer) {
  socket.on("error", () => undefined).resume();
  socket.write(bytes);
  await once(socket, "close");
  expect((await pool.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
}

/** Bytes that begin as a message may, cut anywhere. The same at each run. */
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

/** As a process does that is killed. */
function destroy(client: Client) {
  streamOf(client).destroy();
}

function streamOf(client: Client): Socket {
  // @types/pg keeps the connection to itself.
  return (client as Client & { connection: { stream: Socket } }).connection.stream;
}
