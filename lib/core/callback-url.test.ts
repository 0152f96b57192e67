import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";

let callbackUrl: typeof import("./callback-url").callbackUrl;
let withParameters: typeof import("./callback-url").withParameters;

beforeAll(async () => {
  vi.stubEnv("APP_URL", "https://app.example.com");
  vi.stubEnv("CALLBACK_URL_ORIGINS", "https://partner.example.com, http://localhost:8080");
  ({ callbackUrl, withParameters } = await import("./callback-url"));
});

afterAll(() => {
  vi.unstubAllEnvs();
});

describe("a browser may be redirected", () => {
  test.each([
    "https://app.example.com",
    "https://app.example.com/",
    "https://app.example.com/welcome?plan=free&x=%0d%0aSet-Cookie:x=1#top",
    "https://app.example.com?plan=free",
    "https://partner.example.com/after",
    "http://localhost:8080/after",
    "https://app.example.com/..//evil.example",
    "https://app.example.com/redirect?to=https://evil.example",
  ])("to %s", (address) => {
    expect(callbackUrl.safeParse(address).success).toBe(true);
  });
});

describe("a browser is never redirected", () => {
  test.each([
    ["to an empty URL", ""],
    ["to another site", "https://evil.example/"],
    ["to another site without a protocol", "//evil.example"],
    ["by a slash and a backslash", "/\\evil.example"],
    ["by two backslashes", "\\\\evil.example"],
    ["by a protocol without slashes", "https:evil.example"],
    ["by three slashes", "https:///evil.example"],
    ["with the site's host as the user name", "https://app.example.com@evil.example"],
    ["with the site's host as the user name, and a password", "https://app.example.com:443@evil.example"],
    ["with a user name", "https://me@app.example.com/"],
    ["to a host that begins with the site's host", "https://app.example.com.evil.example"],
    ["to a host with an escaped dot", "https://app%2eexample.com"],
    ["to a subdomain", "https://sub.app.example.com"],
    ["to another port", "https://app.example.com:8443/"],
    ["to the default port, written out", "https://app.example.com:443/"],
    ["over http", "http://app.example.com/"],
    ["in capitals", "HTTPS://APP.EXAMPLE.COM/"],
    ["with a leading space", " https://app.example.com/"],
    ["with a trailing space", "https://app.example.com/ "],
    ["with a line break", "https://app.exa\nmple.com/"],
    ["with a header", "https://app.example.com/\r\nSet-Cookie: x=1"],
    ["with a tab", "https://\tapp.example.com/"],
    ["with a NUL", "https://app.example.com/\u0000"],
    ["with a backslash in the path", "https://app.example.com\\@evil.example"],
    ["with a letter outside of ASCII", "https://app.example.com/\u00e9"],
    ["to a path alone", "/welcome"],
    ["to a path alone that climbs up", "/..//evil.example"],
    ["to script", "javascript:alert(1)//https://app.example.com"],
    ["to data", "data:text/html,https://app.example.com"],
    ["to a blob", "blob:https://app.example.com/1"],
    ["to a file", "file:///etc/passwd"],
    ["to an internal address", "http://169.254.169.254/latest"],
    ["over two kilobytes", `https://app.example.com/${"a".repeat(2000)}`],
  ])("%s", (_, address) => {
    expect(callbackUrl.safeParse(address).error?.issues).toMatchObject([
      { message: "auth/invalid-callback-url" },
    ]);
  });

  test.each([[["https://app.example.com"]], [{ href: "https://app.example.com" }], [null], [1]])(
    "to %j",
    (value) => {
      expect(callbackUrl.safeParse(value).success).toBe(false);
    },
  );
});

test("parameters are appended to the existing query of a URL", () => {
  const parameters = { verified: "true", email: "a+b@example.com" };
  const added = "verified=true&email=a%2Bb%40example.com";
  expect(withParameters("https://app.example.com/w", parameters)).toBe(`https://app.example.com/w?${added}`);
  expect(withParameters("https://app.example.com/w?a=b%20c&a=d#top", parameters)).toBe(
    `https://app.example.com/w?a=b%20c&a=d&${added}#top`,
  );
});

test("an escaped line break in a callback URL stays escaped", () => {
  const address = withParameters("https://app.example.com/?x=%0d%0aSet-Cookie:x=1", {
    error: "auth/invalid-token",
  });
  expect(address).not.toMatch(/[\r\n]/);
});
