import { afterAll, expect, test, vi } from "vitest";
import { site } from "@/lib/config/site";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase } from "@/lib/testing/database/test-database";
import { startMailProvider } from "@/lib/testing/servers/mail-provider";

// Its own database, since a worker also delivers the emails of other tests.
const database = await openTestDatabase();
await migrate(database.url);
const provider = await startMailProvider();
process.env.DATABASE_URL = database.url;
process.env.RESEND_API_KEY = "re_test";
process.env.RESEND_BASE_URL = provider.url;
process.env.EMAIL_FROM = "Yeobaek <hello@example.com>";

/** The callbacks of `after` in the current request; null outside a request. */
let afterTasks: (() => Promise<void>)[] | null = null;
vi.mock("next/server", () => ({
  after: (task: () => Promise<void>) => {
    if (!afterTasks) throw new Error("`after` was called outside a request scope.");
    afterTasks.push(task);
  },
}));

const { db, pool } = await import("@/lib/core/db");
const { queueMail, deliverMail, stopDelivery } = await import("./outbox");

afterAll(async () => {
  await stopDelivery();
  await provider.stop();
  await db.$disconnect();
  await pool.end();
  await database.remove();
});

test("an email whose transaction is rolled back is never sent", async () => {
  const undone = db.$transaction(async (tx) => {
    await queueMail({ to: "a@example.com", template: "token-reused", locale: "en", name: "A" }, tx);
    throw new Error("no room");
  });
  await expect(undone).rejects.toThrow("no room");
  await deliverMail();
  expect(provider.requests).toEqual([]);
});

test("a queued email is delivered from the site's address, as HTML and as text", async () => {
  await db.$transaction((tx) =>
    queueMail(
      { to: "minji@example.com", template: "reset-password", locale: "en", name: "Minji", token: "t0ken" },
      tx,
    ),
  );
  await deliverMail();

  const [mail, ...others] = provider.delivered.values();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({
    from: "Yeobaek <hello@example.com>",
    to: "minji@example.com",
    subject: `Choose a new password for ${site.name.en}`,
  });
  expect(mail?.html).toContain("t0ken");
  expect(mail?.text).toContain("t0ken");
});

test("an email that a request queues is delivered after the response", async () => {
  const tasks: (() => Promise<void>)[] = [];
  afterTasks = tasks;
  await db.$transaction((tx) =>
    queueMail({ to: "soon@example.com", template: "token-reused", locale: "en", name: "A" }, tx),
  );
  afterTasks = null;
  const recipients = () => [...provider.delivered.values()].map(({ to }) => to);
  expect(recipients()).not.toContain("soon@example.com");
  for (const task of tasks) await task();
  expect(recipients()).toContain("soon@example.com");
});

test("an email that is queued outside a request is delivered", async () => {
  await db.$transaction((tx) =>
    queueMail({ to: "late@example.com", template: "token-reused", locale: "en", name: "민지" }, tx),
  );
  const recipients = () => [...provider.delivered.values()].map(({ to }) => to);
  await expect.poll(recipients, { timeout: 15_000 }).toContain("late@example.com");
});
