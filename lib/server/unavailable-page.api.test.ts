import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { unavailable } from "@/lib/i18n/plain-pages";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";

/** A TCP proxy to the database that can be closed. */
const open = new Set<Socket>();
let isClosed = false;
const databaseProxy = createServer((socket) => {
  if (isClosed) return socket.destroy();
  const { hostname, port } = new URL(database.url);
  const upstream = connect(Number(port), hostname);
  for (const end of [socket, upstream]) {
    open.add(end);
    end.on("error", () => undefined).on("close", () => open.delete(end));
  }
  socket.pipe(upstream).pipe(socket);
});

let database: TestDatabase;
let app: RunningApp;

beforeAll(async () => {
  database = await openTestDatabase(process.env.DATABASE_URL);
  databaseProxy.listen(0, "127.0.0.1");
  await once(databaseProxy, "listening");
  const url = new URL(database.url);
  url.hostname = "127.0.0.1";
  url.port = String((databaseProxy.address() as AddressInfo).port);
  app = await startApp({ ...testSettings, DATABASE_URL: url.href, DATA_DIR: database.dataDir });
});
afterAll(async () => {
  await app?.stop();
  databaseProxy.close();
  await database.remove();
});

function close() {
  isClosed = true;
  for (const socket of open) socket.destroy();
}

test("while the database is unavailable, pages respond with 503 in every language, and recover with it", async () => {
  expect((await fetch(app.url)).status).toBe(200);
  const form = new FormData();
  const signIn = await (await fetch(`${app.url}/signin`)).text();
  const fields = signIn.split("<form").find((part) => part.includes('name="password"')) ?? "";
  for (const [, name = "", value = ""] of fields.matchAll(/name="(\$ACTION[^"]*)"(?: value="([^"]*)")?/g)) {
    form.set(name, value.replaceAll("&quot;", '"'));
  }
  form.set("email", "reader@example.com");
  form.set("password", "a long enough password");

  close();
  for (const path of ["/", "/users/some", "/tags/some", "/search?search=word"]) {
    const response = await fetch(app.url + path, { headers: { "Accept-Encoding": "gzip" } });
    expect(response.status, path).toBe(503);
    expect(response.headers.get("retry-after")).toBe("2");
    expect(response.headers.get("cache-control")).toBe("no-store");
    expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
    const page = await response.text();
    for (const { title } of Object.values(unavailable)) expect(page).toContain(title);
  }
  expect((await fetch(app.url, { method: "HEAD" })).status).toBe(503);
  expect((await fetch(`${app.url}/plain-page.css`)).status).toBe(200);
  expect((await fetch(`${app.url}/terms`)).status).toBe(200);
  expect((await fetch(`${app.url}/nowhere`)).status).toBe(404);
  expect((await fetch(`${app.url}/sitemap.xml`)).status).toBe(503);

  // The page of the form needs no database: it is shown again with the values of the form.
  const response = await fetch(`${app.url}/signin`, {
    method: "POST",
    body: form,
    headers: { Origin: app.url },
  });
  const html = await response.text();
  expect(response.status).toBe(200);
  expect(html).toContain("The service is temporarily unavailable.");
  expect(html).toContain('value="reader@example.com"');
  expect(html).not.toContain("a long enough password");

  isClosed = false;
  await vi.waitFor(async () => expect((await fetch(app.url)).status).toBe(200), { timeout: 10_000 });
});
