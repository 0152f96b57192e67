import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET } from "@/app/dev/mailbox.json/route";

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "development");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function statusFor(host: string | undefined): Promise<number> {
  const request = new Request("http://127.0.0.1:3000/dev/mailbox.json", { headers: host ? { host } : {} });
  const notFound = { digest: expect.stringContaining("404") };
  return GET(request).then(
    ({ status }) => status,
    (error: unknown) => {
      expect(error).toMatchObject(notFound);
      return 404;
    },
  );
}

test.each(["localhost:3000", "LOCALHOST", "127.0.0.1:3000", "[::1]:20123"])(
  "the local mailbox is shown at %s",
  async (host) => {
    expect(await statusFor(host)).toBe(200);
  },
);

test.each([
  "evil.example:3000",
  "localhost.evil.example",
  "evil.example@localhost",
  "192.168.0.7:3000",
  "0.0.0.0:3000",
  "127.0.0.1.evil.example",
  undefined,
])("the local mailbox does not exist at %s", async (host) => {
  expect(await statusFor(host)).toBe(404);
});
