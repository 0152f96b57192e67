import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { type ProviderState, startMailProvider } from "@/lib/testing/servers/mail-provider";

// A database of its own: a worker that delivers mail delivers all of it, other tests' too.
const database = await openTestDatabase();
await migrate(database.url);
const provider = await startMailProvider();
process.env.DATABASE_URL = database.url;
process.env.RESEND_API_KEY = "re_canary_key";
process.env.RESEND_BASE_URL = provider.url;
process.env.EMAIL_FROM = "Yeobaek <hello@example.com>";

const { db, pool } = await import("@/lib/core/db");
const { queueMail } = await import("./outbox");
const { OutboxWorker } = await import("./outbox-worker");
const { claimMails } = await import("./queued-mails");

/** Waits are as short as they can be; what they do is what the long ones do. */
const impatient = {
  sendTimeout: 200,
  gapBetweenSends: 0,
  lease: 300,
  firstRetry: 5,
  longestRetry: 20,
  slowRetry: 200,
  lookEvery: 20,
};

beforeEach(async () => {
  await db.outboxMail.deleteMany();
  provider.delivered.clear();
  provider.bodies.clear();
  provider.requests.length = 0;
  provider.state = "well";
  provider.isStrict = false;
});

const workers: InstanceType<typeof OutboxWorker>[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const worker of workers.splice(0)) await worker.stop();
});

afterAll(async () => {
  await provider.stop();
  await db.$disconnect();
  await pool.end();
  await database.remove();
});

/** A process that has just started: what it does not find itself, it is not told. */
function newProcess(timing = {}) {
  const worker = new OutboxWorker({ ...impatient, ...timing });
  workers.push(worker);
  return worker;
}

/** @returns the secret of its link. */
async function queueResetMail(to = `${randomUUID()}@example.com`): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.$transaction((tx) => queueMail(resetMail(to, token), tx));
  return token;
}

function resetMail(to: string, token: string) {
  return { to, template: "reset-password" as const, locale: "en" as const, data: { name: "Minji" }, token };
}

const theMail = () => db.outboxMail.findFirstOrThrow();
const waiting = () => db.outboxMail.count({ where: { sentAt: null, failedAt: null } });
const settled = () => expect.poll(waiting, { timeout: 15_000 }).toBe(0);

const illnesses: [string, ProviderState][] = [
  ["hangs", "hanging"],
  ["drops the line after it took the mail", "dropping"],
  ["answers 500", { status: 500, name: "internal_server_error" }],
  ["answers 429", { status: 429, name: "rate_limit_exceeded", retryAfter: "1" }],
  ["is still busy with the same mail", { status: 409, name: "concurrent_idempotent_requests" }],
  ["does not know our key", { status: 401, name: "invalid_api_key" }],
  ["does not know our domain", { status: 403, name: "validation_error" }],
];

test.each(illnesses)(
  "while the provider %s nothing is lost, and every mail arrives once",
  async (_, state) => {
    provider.state = state;
    const tokens = [await queueResetMail(), await queueResetMail(), await queueResetMail()];
    const worker = newProcess();
    await worker.deliver();
    await expect.poll(() => db.outboxMail.count({ where: { lastError: { not: null } } })).toBeGreaterThan(0);

    provider.state = "well";
    await settled();
    const links = [...provider.delivered.values()].map(({ text }) => text).join();
    for (const token of tokens) expect(links).toContain(token);
    expect(provider.delivered.size).toBe(3);
  },
);

test("while the provider refuses connections nothing is lost, and every mail arrives once", async () => {
  await provider.stop();
  await queueResetMail();
  await queueResetMail();
  await newProcess().deliver();
  await expect.poll(() => db.outboxMail.count({ where: { lastError: { not: null } } })).toBeGreaterThan(0);

  await provider.start();
  await settled();
  expect(provider.delivered.size).toBe(2);
});

test("a provider that is away is asked once, not for each mail", async () => {
  provider.state = { status: 503, name: "application_error" };
  for (let i = 0; i < 5; i++) await queueResetMail();
  const worker = newProcess({ firstRetry: 60_000, longestRetry: 60_000 });
  await worker.deliver();
  await worker.deliver();
  expect(provider.requests).toHaveLength(1);
});

test("a provider that names a time is left alone until then", async () => {
  provider.state = { status: 429, name: "rate_limit_exceeded", retryAfter: "600" };
  await queueResetMail();
  await newProcess().deliver();
  const { nextAttemptAt } = await theMail();
  expect(nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
});

test("a mail that the provider will never take is given up, with the reason", async () => {
  provider.state = { status: 422, name: "validation_error" };
  await queueResetMail();
  const worker = newProcess();
  await worker.drain();
  await worker.drain();

  expect(provider.requests).toHaveLength(1);
  const mail = await theMail();
  expect(mail).toMatchObject({ sentAt: null, sealedToken: null, lastError: "422 validation_error: No." });
  expect(mail.failedAt).not.toBeNull();
});

test("a mail that the provider took before, in other words, counts as sent", async () => {
  provider.state = { status: 409, name: "invalid_idempotent_request" };
  await queueResetMail();
  await newProcess().deliver();
  expect((await theMail()).sentAt).not.toBeNull();
});

test("after two days without success a mail is given up", async () => {
  provider.state = { status: 500, name: "internal_server_error" };
  await queueResetMail();
  await db.outboxMail.updateMany({ data: { createdAt: new Date(Date.now() - 49 * 3600 * 1000) } });
  await newProcess().deliver();
  expect((await theMail()).failedAt).not.toBeNull();
});

test("a mail that was committed before a crash is sent by the next process", async () => {
  await queueResetMail();
  await newProcess().deliver();
  expect(provider.delivered.size).toBe(1);
});

test("a mail that was claimed before a crash is sent when the claim has run out, under the same key", async () => {
  await queueResetMail();
  const [claimed] = await claimMails(impatient.lease);
  await newProcess().deliver();
  expect(provider.requests).toEqual([]);

  await settled();
  expect(provider.requests).toEqual([claimed?.id]);
});

test("a batch that was claimed before a crash is sent as the same request, though others wait as well", async () => {
  for (let i = 0; i < 3; i++) await queueResetMail();
  const claimed = await claimMails(impatient.lease);
  expect(claimed).toHaveLength(3);
  await queueResetMail();
  await newProcess().deliver();
  await settled();
  expect(provider.requests).toContain(claimed[0]?.batchId);
  expect(provider.requests).toHaveLength(2);
  expect(provider.delivered.size).toBe(4);
});

test("mails that wait together are sent in one request, up to a hundred", async () => {
  const addresses = Array.from({ length: 130 }, () => `${randomUUID()}@example.com`);
  await db.$transaction(async (tx) => {
    for (const address of addresses)
      await queueMail(resetMail(address, randomBytes(32).toString("base64url")), tx);
  });
  await newProcess({ sendTimeout: 5_000, lease: 30_000 }).drain(30_000);
  expect(provider.requests).toHaveLength(2);
  expect([...provider.delivered.values()].map(({ to }) => to).sort()).toEqual(addresses.sort());
});

test("mails with a link leave before notices that were queued earlier", async () => {
  const notice = { template: "password-changed", locale: "en", data: { name: "Minji" } };
  await db.outboxMail.createMany({
    data: Array.from({ length: 100 }, (_, i) => ({ ...notice, to: `notice${i}@example.com` })),
  });
  await db.outboxMail.updateMany({ data: { nextAttemptAt: new Date(Date.now() - 60_000) } });
  await queueResetMail("waiting@example.com");
  const claimed = await claimMails(30_000);
  expect(claimed).toHaveLength(100);
  expect(claimed.map(({ to }) => to)).toContain("waiting@example.com");
});

test.each([
  ["names the bad mail of a batch", false],
  ["refuses a batch for one bad mail", true],
])("a provider that %s gets the others once, and the bad one is given up", async (_, isStrict) => {
  provider.isStrict = isStrict;
  const good = [1, 2, 3].map(() => `${randomUUID()}@example.com`);
  await queueResetMail("not an address");
  for (const address of good) await queueResetMail(address);
  await newProcess().drain();
  await settled();
  expect([...provider.delivered.values()].map(({ to }) => to).sort()).toEqual(good.sort());
  const bad = await db.outboxMail.findFirstOrThrow({ where: { to: "not an address" } });
  expect(bad).toMatchObject({ sentAt: null, sealedToken: null, lastError: expect.stringContaining("422") });
});

test("a decoy is written and discarded, and never reaches the provider", async () => {
  const mail = { to: "unknown@example.com", template: "reset-password", locale: "en" } as const;
  await db.$transaction((tx) =>
    queueMail({ ...mail, data: { name: "Decoy" }, token: "secret" }, tx, { isDecoy: true }),
  );
  expect(await db.outboxMail.count()).toBe(1);
  await newProcess().deliver();
  expect(provider.requests).toEqual([]);
  expect(await db.outboxMail.count()).toBe(0);
});

test("several instances share the outbox without sending anything twice", async () => {
  for (let i = 0; i < 12; i++) await queueResetMail();
  const instances = [1, 2, 3, 4].map(() => newProcess({ lease: 30_000 }));
  await Promise.all(instances.map((worker) => worker.deliver()));
  await settled();
  expect(new Set(provider.requests).size).toBe(provider.requests.length);
  expect(provider.delivered.size).toBe(12);
});

test("a mail that cannot be opened waits, and holds up no other", async () => {
  await queueResetMail("unreadable@example.com");
  await db.outboxMail.updateMany({ data: { sealedToken: "sealed-under-another-secret-long-ago" } });
  await queueResetMail("readable@example.com");
  await newProcess({ slowRetry: 60_000 }).deliver();
  expect([...provider.delivered.values()].map(({ to }) => to)).toEqual(["readable@example.com"]);
  expect(await waiting()).toBe(1);
});

test("neither the database nor the log ever holds the token, and a delivered mail keeps nothing of its text", async () => {
  const printed: string[] = [];
  for (const method of ["log", "error", "info", "warn"] as const) {
    vi.spyOn(console, method).mockImplementation((...line) => void printed.push(line.join(" ")));
  }
  provider.state = { status: 500, name: "internal_server_error" };
  const token = await queueResetMail();
  expect(JSON.stringify(await theMail())).not.toContain(token);

  await newProcess().deliver();
  expect(JSON.stringify(await theMail())).not.toContain(token);
  provider.state = "well";
  await settled();

  expect(await theMail()).toMatchObject({ sealedToken: null, data: {}, lastError: null });
  expect(printed.join("\n")).toContain("mail.delayed");
  expect(printed.join("\n")).toContain("mail.sent");
  expect(printed.join("\n")).not.toContain(token);
  expect(printed.join("\n")).not.toContain("re_canary_key");
});

test("delivered mails are forgotten after a month", async () => {
  await queueResetMail();
  await newProcess().deliver();
  await db.outboxMail.updateMany({ data: { sentAt: new Date(Date.now() - 31 * 24 * 3600 * 1000) } });
  await newProcess().deliver();
  expect(await db.outboxMail.count()).toBe(0);
});
