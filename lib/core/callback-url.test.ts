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

describe("a browser may be sent on", () => {
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

describe("a browser is never sent on", () => {
  test.each([
    ["to nowhere", ""],
    ["to another site", "https://evil.example/"],
    ["to one without its protocol", "//evil.example"],
    ["by a slash and a backslash", "/\\evil.example"],
    ["by two backslashes", "\\\\evil.example"],
    ["by a protocol without slashes", "https:evil.example"],
    ["by three slashes", "https:///evil.example"],
    ["past its name as an account", "https://app.example.com@evil.example"],
    ["past its name and a password", "https://app.example.com:443@evil.example"],
    ["with an account", "https://me@app.example.com/"],
    ["to a name that begins alike", "https://app.example.com.evil.example"],
    ["to a name with an escaped dot", "https://app%2eexample.com"],
    ["to a subdomain", "https://sub.app.example.com"],
    ["to another port", "https://app.example.com:8443/"],
    ["to the usual port, written out", "https://app.example.com:443/"],
    ["over http", "http://app.example.com/"],
    ["in capitals", "HTTPS://APP.EXAMPLE.COM/"],
    ["after a blank", " https://app.example.com/"],
    ["before a blank", "https://app.example.com/ "],
    ["around a line break", "https://app.exa\nmple.com/"],
    ["with a header", "https://app.example.com/\r\nSet-Cookie: x=1"],
    ["with a tab", "https://\tapp.example.com/"],
    ["with a NUL", "https://app.example.com/\u0000"],
    ["with a backslash in the path", "https://app.example.com\\@evil.example"],
    ["to letters of another script", "https://app.example.com/\u00e9"],
    ["to a path alone", "/welcome"],
    ["up a path alone", "/..//evil.example"],
    ["to script", "javascript:alert(1)//https://app.example.com"],
    ["to data", "data:text/html,https://app.example.com"],
    ["to a blob", "blob:https://app.example.com/1"],
    ["to a file", "file:///etc/passwd"],
    ["to an address of the inside", "http://169.254.169.254/latest"],
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

test("the outcome is added behind the query that an address came with", () => {
  const parameters = { verified: "true", email: "a+b@example.com" };
  const added = "verified=true&email=a%2Bb%40example.com";
  expect(withParameters("https://app.example.com/w", parameters)).toBe(`https://app.example.com/w?${added}`);
  expect(withParameters("https://app.example.com/w?a=b%20c&a=d#top", parameters)).toBe(
    `https://app.example.com/w?a=b%20c&a=d&${added}#top`,
  );
});

test("a line break in it stays escaped", () => {
  const address = withParameters("https://app.example.com/?x=%0d%0aSet-Cookie:x=1", {
    error: "auth/invalid-token",
  });
  expect(address).not.toMatch(/[\r\n]/);
});
