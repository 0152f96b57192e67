import { afterEach, describe, expect, test, vi } from "vitest";

/** What is known of a caller by a server behind so many proxies. */
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

test("a caller's browser is noted, but no more than half a kilobyte of it", async () => {
  expect(await clientBehind(0, { "User-Agent": "x".repeat(5000) })).toMatchObject({
    userAgent: "x".repeat(500),
  });
  expect(await clientBehind(0, {})).toMatchObject({ userAgent: null, locale: "en" });
});
