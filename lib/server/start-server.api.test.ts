import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { parseEnv } from "node:util";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { testSettings } from "@/lib/testing/app/settings";
import { startApp } from "@/lib/testing/app/start-app";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";
import { freePort } from "@/lib/testing/servers/free-port";

/** Starts the production build, and waits for it to exit. */
async function startAndWaitForExit(
  settings: NodeJS.Dict<string>,
): Promise<{ exitCode: number; printed: string }> {
  const server = spawn(process.execPath, ["node_modules/next/dist/bin/next", "start"], {
    env: {
      ...process.env,
      NODE_ENV: "production",
      ...testSettings,
      DATA_DIR: inject("dataDir"),
      PORT: String(await freePort()),
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [[exitCode], ...printed] = await Promise.all([
    once(server, "exit"),
    text(server.stdout),
    text(server.stderr),
  ]);
  return { exitCode, printed: printed.join("") };
}

describe("in production a server does not start and prints the reason", () => {
  test.each<[string, NodeJS.Dict<string>, string[]]>([
    [
      "without secrets",
      { AUTH_SECRET: "", PUBLISHABLE_KEY: "", SECRET_KEY: "" },
      ["AUTH_SECRET is not set", "PUBLISHABLE_KEY is not set", "SECRET_KEY is not set"],
    ],
    [
      "with a secret of 31 bytes",
      { AUTH_SECRET: "hunter2-hunter2-hunter2-hunter2" },
      ["AUTH_SECRET must have at least 32 bytes"],
    ],
    [
      "with the secrets of the example file",
      parseEnv(readFileSync(".env.example", "utf8")),
      ["AUTH_SECRET is still the example's", "PUBLISHABLE_KEY must be pk_", "SECRET_KEY must be sk_"],
    ],
    [
      "with several settings wrong at once",
      { APP_URL: "blog.example.com", RATE_LIMITS: "maybe", RESEND_API_KEY: "re_hunter2" },
      ["APP_URL must be an address", "RATE_LIMITS must be on or off", "EMAIL_FROM is required"],
    ],
  ])("%s", async (_, settings, reasons) => {
    const { exitCode, printed } = await startAndWaitForExit(settings);
    expect(exitCode).toBe(1);
    for (const reason of reasons) expect(printed).toContain(reason);
    expect(printed).not.toContain("hunter2");
  });
});

test("a request with an Upgrade header gets a normal HTTP response", async () => {
  const { hostname, port } = new URL(inject("appUrl"));
  for (const protocol of ["websocket", "h2c"]) {
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: ${protocol}\r\n\r\n`,
    );
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
  }
});

test("an idle connection stays open for longer than proxies reuse it", async () => {
  const response = await fetch(new URL("/health", inject("appUrl")));
  expect(response.headers.get("keep-alive")).toBe("timeout=65");
});

test("a server closes the connections of clients that never finish after SIGTERM", async () => {
  const app = await startApp({ ...testSettings, DATA_DIR: inject("dataDir") });
  onTestFinished(() => app.stop());
  const { hostname, port } = new URL(app.url);
  const unfinishedRequests = {
    nothing: "",
    headers: "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
    upgrade: "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    body:
      "PUT /api/v1/storage/some-key HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n" +
      "Content-Length: 1000000\r\n\r\n",
  };
  const clients = Object.values(unfinishedRequests).map((bytes) => {
    const socket = connect(Number(port), hostname).on("error", () => undefined);
    socket.resume().write(bytes);
    const trickle = setInterval(() => socket.writable && socket.write("x"), 200);
    socket.once("close", () => clearInterval(trickle));
    return socket;
  });
  await Promise.all(clients.map((socket) => once(socket, "connect")));
  // After this response, the server has read everything that was sent before.
  await fetch(`${app.url}/health`);

  const killed = setTimeout(() => app.process.kill("SIGKILL"), 10_000);
  await app.stop();
  clearTimeout(killed);
  expect(app.process.exitCode).toBe(143);
});

test("a server removes all uploads that were never used when it starts, however many there are", async () => {
  const owner = await newUser();
  await queryDatabase(
    `INSERT INTO "File" (id, key, "privateName", kind, visibility, "ownerId", "originalName", "mimeType", "uploadExpiresAt")
     SELECT gen_random_uuid()::text, md5($1 || n), md5(n || $1), 'file', 'private', $1, 'a.png', 'image/png',
            now() - interval '2 days'
       FROM generate_series(1, 450) AS n`,
    owner.id,
  );
  // These were deleted before the others, and cannot go yet.
  const deleter = await newUser();
  await queryDatabase(
    `INSERT INTO "File" (id, key, "privateName", kind, visibility, "ownerId", "originalName", "mimeType", "uploadExpiresAt", "removedAt")
     SELECT gen_random_uuid()::text, md5($1 || n), md5(n || $1), 'file', 'private', $1, 'a.png', 'image/png',
            now() + interval '15 minutes', now() - interval '1 minute'
       FROM generate_series(1, 100) AS n`,
    deleter.id,
  );
  const app = await startApp({ ...testSettings, DATA_DIR: inject("dataDir") });
  onTestFinished(() => app.stop());
  await expect
    .poll(() => queryDatabase(`SELECT count(*)::int FROM "File" WHERE "ownerId" = $1`, owner.id), {
      timeout: 20_000,
    })
    .toEqual([{ count: 0 }]);
  await queryDatabase(`DELETE FROM "File" WHERE "ownerId" = $1`, deleter.id);
});

test("a server exits after SIGTERM even if its clients keep sending requests", async () => {
  const app = await startApp({ ...testSettings, DATA_DIR: inject("dataDir") });
  onTestFinished(() => app.stop());
  const isServed = async () => {
    // A page takes long enough for every connection to be busy when the server stops.
    return fetch(app.url).then(
      async (response) => Boolean(await response.text()),
      () => false,
    );
  };
  const clients = Array.from({ length: 8 }, async () => {
    let isUp = await isServed();
    while (isUp) isUp = await isServed();
  });
  await isServed();
  await app.stop();
  await Promise.all(clients);
  expect(app.process.exitCode).toBe(143);
});
