import { expect, test, vi } from "vitest";
import { findDatabaseUrl } from "@/lib/database/database-url";
import { deliverMail } from "@/lib/email/outbox";
import { startServer } from "./start-server";

const url = "postgres://embedded.example";

vi.mock("@/lib/database/embedded-database", () => ({
  openEmbeddedDatabase: async () => ({ url, release: async () => undefined }),
}));
vi.mock("@/lib/database/migrate", () => ({ migrate: vi.fn() }));
vi.mock("@/lib/email/outbox", () => ({ deliverMail: vi.fn() }));
vi.mock("@/lib/files/sweep-files", () => ({ sweepFilesThoroughly: vi.fn() }));
vi.mock("@/prisma/seed", () => ({ seed: vi.fn(), demoAuthor: {} }));
vi.mock("./free-finished-renders", () => ({ freeFinishedRenders: vi.fn() }));
vi.mock("./normalize-requests", () => ({ normalizeRequests: vi.fn() }));
vi.mock("./retention", () => ({ deleteOldRecords: vi.fn() }));

test("the pool opens with the URL of the embedded database, even if that is unreachable at first", async () => {
  vi.stubEnv("DATABASE_URL", "");
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { migrate } = await import("@/lib/database/migrate");
  vi.mocked(migrate).mockRejectedValueOnce(Object.assign(new Error("refused"), { code: "ECONNREFUSED" }));
  // The first one to open the pool.
  let urlOfPool: string | undefined;
  vi.mocked(deliverMail).mockImplementation(async () => {
    urlOfPool = findDatabaseUrl();
  });

  await startServer();

  expect(urlOfPool).toBe(url);
  await expect.poll(() => vi.mocked(migrate).mock.calls.length).toBe(2);
});
