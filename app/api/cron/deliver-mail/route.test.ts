import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { startMailProvider } from "@/lib/testing/servers/mail-provider";

// A separate database: a delivery sends all queued emails, including those of other tests.
const database = await openTestDatabase();
await migrate(database.url);
const provider = await startMailProvider();
process.env.DATABASE_URL = database.url;
process.env.RESEND_API_KEY = "re_test";
process.env.RESEND_BASE_URL = provider.url;
process.env.EMAIL_FROM = "hello@example.com";
const secret = "a-secret-for-the-scheduler";

const { db, pool } = await import("@/lib/core/db");
const { stopDelivery } = await import("@/lib/email/outbox");

beforeEach(() => {
  // The settings are read once; each test has its own.
  vi.resetModules();
});

afterAll(async () => {
  await stopDelivery();
  await provider.stop();
  await db.$disconnect();
  await pool.end();
  await database.remove();
});

async function call(authorization = "") {
  const { GET } = await import("./route");
  const headers = { Authorization: authorization };
  return GET(new Request("http://localhost/api/cron/deliver-mail", { headers }));
}

test("deliver-mail does not exist without CRON_SECRET", async () => {
  process.env.CRON_SECRET = "";
  expect((await call("Bearer ")).status).toBe(404);
});

test.each(["", "Bearer", "Bearer wrong", secret, `Basic ${secret}`])(
  "deliver-mail rejects the Authorization header %j",
  async (given) => {
    process.env.CRON_SECRET = secret;
    expect((await call(given)).status).toBe(401);
  },
);

test("deliver-mail sends the queued emails for the scheduler", async () => {
  process.env.CRON_SECRET = secret;
  const data = { name: "Minji" };
  await db.outboxMail.create({
    data: { to: "a@example.com", template: "password-changed", locale: "en", data },
  });
  expect((await call(`Bearer ${secret}`)).status).toBe(204);
  expect([...provider.delivered.values()].map(({ to }) => to)).toEqual(["a@example.com"]);
});
