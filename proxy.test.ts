import { unstable_doesMiddlewareMatch as runsOn } from "next/experimental/testing/server";
import { NextRequest } from "next/server";
import { afterEach, expect, test, vi } from "vitest";
import { config, proxy } from "./proxy";

const home = "http://localhost:3000/";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

test("every page gets its own nonce, which replaces the client's policy in the request to the renderer", async () => {
  const headers = { "content-security-policy": "script-src 'nonce-stolen'" };
  const responses = await Promise.all([1, 2].map(() => proxy(new NextRequest(home, { headers }))));
  const policies = responses.map(({ headers }) => headers.get("content-security-policy"));
  expect(policies[0]).not.toBe(policies[1]);
  for (const { headers } of responses) {
    const policy = headers.get("content-security-policy");
    expect(policy).toMatch(/script-src 'self' 'nonce-[A-Za-z0-9+/]{22}==' 'strict-dynamic'/);
    expect(headers.get("x-middleware-request-content-security-policy")).toBe(policy);
  }
});

test("a page may use passkeys, but its frames may not", async () => {
  const policy = (await proxy(new NextRequest(home))).headers.get("permissions-policy");
  expect(policy).toContain("publickey-credentials-create=(self)");
  expect(policy).toContain("publickey-credentials-get=(self)");
});

test("https is enforced if the site is on https", async () => {
  const plain = await proxy(new NextRequest(home));
  expect(plain.headers.get("strict-transport-security")).toBeNull();

  vi.stubEnv("APP_URL", "https://blog.example.com");
  vi.resetModules();
  const { proxy: secure } = await import("./proxy");
  const { headers } = await secure(new NextRequest("https://blog.example.com/"));
  expect(headers.get("strict-transport-security")).toMatch(/^max-age=\d{8}/);
  expect(headers.get("content-security-policy")).toContain("upgrade-insecure-requests");
});

// part: social-sign-in
test("forms may redirect only to configured providers", async () => {
  const plain = await proxy(new NextRequest(home));
  expect(plain.headers.get("content-security-policy")).toMatch(/form-action 'self';/);

  vi.stubEnv("AUTH_GITHUB_ID", "id");
  vi.stubEnv("AUTH_GITHUB_SECRET", "secret");
  vi.stubEnv("AUTH_GITHUB_URL", "https://github.example.com/below");
  vi.resetModules();
  const { proxy: withGithub } = await import("./proxy");
  const policy = (await withGithub(new NextRequest(home))).headers.get("content-security-policy");
  expect(policy).toMatch(/form-action 'self' https:\/\/github\.example\.com;/);
});
// end of part: social-sign-in

test("the forwarded host of a form is replaced by the host of its origin", async () => {
  const headers = { host: "localhost:3000", origin: "http://localhost:3000", "x-forwarded-host": "[::" };
  const response = await proxy(new NextRequest(home, { method: "POST", headers }));
  expect(response.headers.get("x-middleware-request-x-forwarded-host")).toBe("localhost:3000");
});

test.each([
  ["https://evil.example", 403],
  ["https://localhost.evil.example:3000", 403],
  ["http://localhost:3001", 403],
  ["null", 403],
  ["garbage", 403],
  [undefined, 403],
  ["http://localhost:3000", 200],
])("a form from the origin %s gets status %i", async (origin, status) => {
  const headers = new Headers({ host: "localhost:3000", ...(origin !== undefined && { origin }) });
  expect((await proxy(new NextRequest(home, { method: "POST", headers }))).status).toBe(status);
});

test.each([
  ["/", true],
  ["/articles/1", true],
  ["/apiary", true],
  ["/health/other", true],
  ["/icon.svgx", true],
  ["/api", false],
  ["/api/v1/auth/me", false],
  ["/health", false],
  ["/health/ready", false],
  ["/_next/static/chunks/a.js", false],
  ["/icon.svg", false],
])("the proxy runs on %s: %s", (path, expected) => {
  const url = new URL(path, home).href;
  expect(runsOn({ config, url })).toBe(expected);
  // Prefetch headers do not change that.
  const headers = { "next-router-prefetch": "1", purpose: "prefetch", "x-middleware-subrequest": "proxy" };
  expect(runsOn({ config, url, headers })).toBe(expected);
});
