import { once } from "node:events";
import { type AddressInfo, connect, type Server } from "node:net";
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

test("everybody gets his own answer, however large the questions and many the askers", async () => {
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

test("whoever vanishes in a transaction leaves nothing of it, and holds nobody up", async () => {
  const client = await openClient();
  await client.query("BEGIN");
  await client.query("INSERT INTO note VALUES (1, 'unfinished')");
  const waiting = pool.query("SELECT * FROM note");
  destroy(client);

  expect((await waiting).rows).toEqual([]);
});

test("whoever vanishes while a BEGIN is on its way holds nobody up", async () => {
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

test("nobody gets in without the password", async () => {
  await expect(new Client({ ...address(), password: "guess" }).connect()).rejects.toMatchObject({
    code: "28P01",
  });
});

test("a message that comes in single bytes is read all the same", async () => {
  const client = connect(address().port, "127.0.0.1").setNoDelay(true);
  const startup = Buffer.from("\0\0\0\x22\0\x03\0\0user\0postgres\0database\0\0\0", "latin1");
  startup.writeInt32BE(startup.length);
  for (const byte of startup) client.write(Buffer.of(byte));

  const [answer] = await once(client, "data");

  expect(answer.toString("latin1")).toBe("R\0\0\0\x08\0\0\0\x03");
  client.destroy();
});

/** As a process does that is killed. */
function destroy(client: Client) {
  // @types/pg keeps the connection to itself.
  const { connection } = client as Client & { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
}
