import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { type ProviderState, startMailProvider } from "@/lib/testing/servers/mail-provider";

// Its own database, since a worker also delivers the emails of other tests.
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

/** As short as possible. */
const shortTiming = {
  sendTimeout: 200,
  gapBetweenSends: 0,
  lease: 300,
  firstRetry: 5,
  longestRetry: 20,
  slowRetry: 200,
  pollEvery: 20,
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

/** A process that has just started: it knows only the emails that it finds in the database. */
function newProcess(timing = {}) {
  const worker = new OutboxWorker({ ...shortTiming, ...timing });
  workers.push(worker);
  return worker;
}

/** @returns the token of its link. */
async function queueResetMail(to = `${randomUUID()}@example.com`): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await db.$transaction((tx) => queueMail(resetMail(to, token), tx));
  return token;
}

function resetMail(to: string, token: string) {
  return { to, template: "reset-password" as const, locale: "en" as const, name: "Minji", token };
}

const theMail = () => db.outboxMail.findFirstOrThrow();
const waiting = () => db.outboxMail.count({ where: { sentAt: null, failedAt: null } });
const settled = () => expect.poll(waiting, { timeout: 15_000 }).toBe(0);

const failures: [string, ProviderState][] = [
  ["hangs", "hanging"],
  ["drops the connection after it accepts the email", "dropping"],
  ["responds with 500", { status: 500, name: "internal_server_error" }],
  ["responds with 429", { status: 429, name: "rate_limit_exceeded", retryAfter: "1" }],
  ["is still processing the same email", { status: 409, name: "concurrent_idempotent_requests" }],
  ["rejects the API key", { status: 401, name: "invalid_api_key" }],
  ["rejects the sender domain", { status: 403, name: "validation_error" }],
];

test.each(failures)("while the provider %s no email is lost, and each arrives once", async (_, state) => {
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
});

test("while the provider refuses connections no email is lost, and each arrives once", async () => {
  await provider.stop();
  await queueResetMail();
  await queueResetMail();
  await newProcess().deliver();
  await expect.poll(() => db.outboxMail.count({ where: { lastError: { not: null } } })).toBeGreaterThan(0);

  await provider.start();
  await settled();
  expect(provider.delivered.size).toBe(2);
});

test("an unavailable provider gets one request, not one for each email", async () => {
  provider.state = { status: 503, name: "application_error" };
  for (let i = 0; i < 5; i++) await queueResetMail();
  const worker = newProcess({ firstRetry: 60_000, longestRetry: 60_000 });
  await worker.deliver();
  await worker.deliver();
  expect(provider.requests).toHaveLength(1);
});

test("an email is not retried before the Retry-After of the provider", async () => {
  provider.state = { status: 429, name: "rate_limit_exceeded", retryAfter: "600" };
  await queueResetMail();
  await newProcess().deliver();
  const { nextAttemptAt } = await theMail();
  expect(nextAttemptAt.getTime()).toBeGreaterThan(Date.now() + 500_000);
});

test("an email that the provider rejects permanently is marked as failed, with the reason", async () => {
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

test("an email that the provider already accepted with another text counts as sent", async () => {
  provider.state = { status: 409, name: "invalid_idempotent_request" };
  await queueResetMail();
  await newProcess().deliver();
  expect((await theMail()).sentAt).not.toBeNull();
});

test("an email that could not be sent for two days is marked as failed", async () => {
  provider.state = { status: 500, name: "internal_server_error" };
  await queueResetMail();
  await db.outboxMail.updateMany({ data: { createdAt: new Date(Date.now() - 49 * 3600 * 1000) } });
  await newProcess().deliver();
  expect((await theMail()).failedAt).not.toBeNull();
});

test("an email that was committed before a crash is sent by the next process", async () => {
  await queueResetMail();
  await newProcess().deliver();
  expect(provider.delivered.size).toBe(1);
});

test("an email that was claimed before a crash is sent under the same key once the claim expires", async () => {
  await queueResetMail();
  const [claimed] = await claimMails(shortTiming.lease);
  await newProcess().deliver();
  expect(provider.requests).toEqual([]);

  await settled();
  expect(provider.requests).toEqual([claimed?.id]);
});

test("a batch that was claimed before a crash is sent as the same request, even if other emails wait", async () => {
  for (let i = 0; i < 3; i++) await queueResetMail();
  const claimed = await claimMails(shortTiming.lease);
  expect(claimed).toHaveLength(3);
  await queueResetMail();
  await newProcess().deliver();
  await settled();
  expect(provider.requests).toContain(claimed[0]?.batchId);
  expect(provider.requests).toHaveLength(2);
  expect(provider.delivered.size).toBe(4);
});

test("waiting emails are sent in one request, up to a hundred", async () => {
  const addresses = Array.from({ length: 130 }, () => `${randomUUID()}@example.com`);
  await db.$transaction(async (tx) => {
    for (const address of addresses)
      await queueMail(resetMail(address, randomBytes(32).toString("base64url")), tx);
  });
  await newProcess({ sendTimeout: 5_000, lease: 30_000 }).drain(30_000);
  expect(provider.requests).toHaveLength(2);
  expect([...provider.delivered.values()].map(({ to }) => to).sort()).toEqual(addresses.sort());
});

test("emails with a link are sent before notices that were queued earlier", async () => {
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
  ["names the invalid email of a batch", false],
  ["rejects a batch for one invalid email", true],
])(
  "a provider that %s gets the others once, and the invalid one is marked as failed",
  async (_, isStrict) => {
    provider.isStrict = isStrict;
    const good = [1, 2, 3].map(() => `${randomUUID()}@example.com`);
    await queueResetMail("not an address");
    for (const address of good) await queueResetMail(address);
    await newProcess().drain();
    await settled();
    expect([...provider.delivered.values()].map(({ to }) => to).sort()).toEqual(good.sort());
    const bad = await db.outboxMail.findFirstOrThrow({ where: { to: "not an address" } });
    expect(bad).toMatchObject({ sentAt: null, sealedToken: null, lastError: expect.stringContaining("422") });
  },
);

test("a decoy is rendered and discarded, and never reaches the provider", async () => {
  const mail = { to: "unknown@example.com", template: "reset-password", locale: "en" } as const;
  await db.$transaction((tx) =>
    queueMail({ ...mail, name: "Decoy", token: "secret" }, tx, { isDecoy: true }),
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

test("an email that cannot be decrypted waits, and does not delay others", async () => {
  await queueResetMail("unreadable@example.com");
  await db.outboxMail.updateMany({ data: { sealedToken: "sealed-under-another-secret-long-ago" } });
  await queueResetMail("readable@example.com");
  await newProcess({ slowRetry: 60_000 }).deliver();
  expect([...provider.delivered.values()].map(({ to }) => to)).toEqual(["readable@example.com"]);
  expect(await waiting()).toBe(1);
});

test("neither the database nor the log contains the token, and a delivered email keeps none of its text", async () => {
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
