import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { GET } from "@/app/dev/mailbox.json/route";
import { connectionAddressHeader } from "@/lib/core/client";

beforeEach(() => {
  vi.stubEnv("NODE_ENV", "development");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

async function statusFor(host: string | undefined, connection = "127.0.0.1"): Promise<number> {
  const headers = { [connectionAddressHeader]: connection, ...(host && { host }) };
  const request = new Request("http://127.0.0.1:3000/dev/mailbox.json", { headers });
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

test.each(["127.0.0.1", "127.0.0.53", "::1", "::ffff:127.0.0.1"])(
  "the local mailbox is shown to a connection from %s",
  async (connection) => {
    expect(await statusFor("localhost:3000", connection)).toBe(200);
  },
);

test.each(["192.168.0.7", "::ffff:192.168.0.7", "2001:db8::1", "fe80::1%eth0", "12.7.0.1", ""])(
  "the local mailbox does not exist for a connection from %j that names this machine as its host",
  async (connection) => {
    expect(await statusFor("localhost:3000", connection)).toBe(404);
  },
);
