import { afterEach, describe, expect, test, vi } from "vitest";

/** The client that a server behind this many proxies identifies. */
async function clientBehind(proxies: number, headers: Record<string, string>) {
  vi.stubEnv("TRUSTED_PROXIES", String(proxies));
  vi.resetModules();
  const { clientOf, connectionAddressHeader } = await import("./client");
  return clientOf(new Headers({ [connectionAddressHeader]: "192.0.2.1", ...headers }));
}

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a caller's address", () => {
  test.each<[number, string | undefined, string]>([
    [0, undefined, "192.0.2.1"],
    [0, "203.0.113.9", "192.0.2.1"],
    [1, undefined, "192.0.2.1"],
    [1, "203.0.113.9", "203.0.113.9"],
    [1, "198.51.100.1, 203.0.113.9", "203.0.113.9"],
    [1, "198.51.100.1,2001:db8::1", "2001:db8::1"],
    [1, "198.51.100.1, 203.0.113.9:5678", "203.0.113.9"],
    [1, "[2001:db8::1]:80", "2001:db8::1"],
    [1, "[2001:db8::1]", "2001:db8::1"],
    [1, "2001:DB8:0:0:0::1", "2001:db8::1"],
    [1, "::ffff:203.0.113.9", "203.0.113.9"],
    [1, "::FFFF:cb00:7109", "203.0.113.9"],
    [1, "[::ffff:203.0.113.9]:443", "203.0.113.9"],
    [1, "fe80::1%eth0", "fe80::1"],
    [1, "unknown", "192.0.2.1"],
    [1, "_hidden:80", "192.0.2.1"],
    [1, "203.0.113.999", "192.0.2.1"],
    [1, "203.0.113.9:port", "192.0.2.1"],
    [1, "[203.0.113.9", "192.0.2.1"],
    [1, "2001:db8::1::2", "192.0.2.1"],
    [2, "203.0.113.9, 10.0.0.1", "203.0.113.9"],
    [2, "198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
    [2, "10.0.0.1", "192.0.2.1"],
    [1, "203.0.113.9,", "192.0.2.1"],
    [1, "", "192.0.2.1"],
  ])("behind %i proxies, with X-Forwarded-For: %s", async (proxies, forwarded, ip) => {
    const headers: Record<string, string> = forwarded === undefined ? {} : { "X-Forwarded-For": forwarded };
    expect(await clientBehind(proxies, headers)).toMatchObject({ ip });
  });
});

test.each([
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["fe80::1%eth0", "fe80::1"],
  ["", "unknown"],
])("a connection from %j has the address %s", async (connection, ip) => {
  expect(await clientBehind(0, { "x-connection-address": connection })).toMatchObject({ ip });
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["2001:db8:0:1:2:3:4:5", "2001:db8:0:1::/64"],
  ["2001:db8:0:1::", "2001:db8:0:1::/64"],
  ["::1", "0:0:0:0::/64"],
  ["1::4:5:6:7:8", "1:0:0:4::/64"],
  ["unknown", "unknown"],
])("rate limits count %s as %s", async (address, network) => {
  const { networkOf } = await import("./client");
  expect(networkOf(address)).toBe(network);
});

test("keeps at most 500 characters of the User-Agent header", async () => {
  expect(await clientBehind(0, { "User-Agent": "x".repeat(5000) })).toMatchObject({
    userAgent: "x".repeat(500),
  });
  expect(await clientBehind(0, {})).toMatchObject({ userAgent: null, locale: "en" });
});
