import { createServer } from "node:http";
import { describe, expect, inject, test } from "vitest";
import { type Answer, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newEmail, newUser, type Person } from "@/lib/testing/people";

const resend = (body: Record<string, unknown>) => guest().post("/v1/auth/signup/email/resend", body);

/** Opens the link as a browser does: without an API key. */
function open(query: Record<string, string>, method: "GET" | "HEAD" = "GET"): Promise<Answer> {
  return guest()
    .with({ "X-API-Key": null })
    .send(method, `/v1/auth/signup/email/confirm?${new URLSearchParams(query)}`);
}

async function newUserWithLink(): Promise<Person & { token: string; link: URL }> {
  const person = await newUser();
  const link = linkOf(await mailTo(person.email, "verify-sign-up"));
  return { ...person, token: link.token, link };
}

const isVerified = async ({ api }: Person) =>
  (await api.get<{ emailVerified: boolean }>("/v1/auth/me")).body.emailVerified;

describe("the link in the verification email", () => {
  test("is the URL of the endpoint, with the site's own page as its callbackUrl", async () => {
    const { link, email } = await newUserWithLink();
    expect(link.origin + link.pathname).toBe(`${inject("appUrl")}/api/v1/auth/signup/email/confirm`);
    expect(link.searchParams.get("email")).toBe(email);
    expect(link.searchParams.get("callbackUrl")).toBe(`${inject("appUrl")}/verify-email`);
  });

  test("returns JSON without a callbackUrl, and responds that the address is already verified the second time", async () => {
    const person = await newUserWithLink();
    const { email, token } = person;
    expect(await open({ email, token })).toMatchObject({
      status: 200,
      body: { success: true, data: { verified: true, email } },
    });
    expect(await isVerified(person)).toBe(true);
    expect(await open({ email, token })).toMatchObject({ status: 400, code: "auth/already-verified" });
    expect(await resend({ email })).toMatchObject({ status: 400, code: "auth/already-verified" });
  });

  test("redirects to a callbackUrl, and keeps its query", async () => {
    const { email, token } = await newUserWithLink();
    const callbackUrl = `${inject("appUrl")}/welcome?from=a%20mail#top`;
    const { status, headers } = await open({ email, token, callbackUrl });
    expect(status).toBe(302);
    expect(headers.get("location")).toBe(
      `${inject("appUrl")}/welcome?from=a%20mail&verified=true&email=${encodeURIComponent(email)}#top`,
    );
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("is not consumed by a HEAD request", async () => {
    const person = await newUserWithLink();
    const { email, token } = person;
    expect((await open({ email, token }, "HEAD")).status).toBe(200);
    expect(await isVerified(person)).toBe(false);
    expect(await open({ email, token })).toMatchObject({ status: 200 });
  });

  test("expires, and stops working when a newer one is requested", async () => {
    const { email, token } = await newUserWithLink();
    await queryDatabase(
      `UPDATE "EmailToken" SET "expiresAt" = now() - interval '1 second' WHERE email = $1`,
      email,
    );
    expect(await open({ email, token })).toMatchObject({ status: 401, code: "auth/token-expired" });

    expect(await resend({ email })).toMatchObject({ status: 200, body: { email } });
    const newer = linkOf(await mailTo(email, "verify-sign-up", 2)).token;
    expect(await open({ email, token })).toMatchObject({ status: 401, code: "auth/invalid-token" });
    expect(await open({ email, token: newer })).toMatchObject({ status: 200 });
  });

  test.each([
    [
      "an unknown token",
      "auth/invalid-token",
      401,
      (mine: Person) => ({ email: mine.email, token: "made-up" }),
    ],
    ["no token", "auth/invalid-token", 401, (mine: Person) => ({ email: mine.email })],
    ["no email address", "auth/invalid-email", 400, () => ({ token: "made-up" })],
    ["a malformed email address", "auth/invalid-email", 400, () => ({ email: "half@", token: "made-up" })],
  ])("with %s is rejected, with a redirect if there is a callbackUrl", async (_name, code, status, query) => {
    const link = { ...query(await newUser()) };
    expect(await open(link)).toMatchObject({ status, code });

    const callbackUrl = `${inject("appUrl")}/verify-email`;
    const { headers, ...answer } = await open({ ...link, callbackUrl });
    expect(answer.status).toBe(302);
    expect(headers.get("location")).toBe(`${callbackUrl}?verified=false&error=${encodeURIComponent(code)}`);
  });

  test("is not valid for another email address", async () => {
    const [mine, other] = [await newUserWithLink(), await newUser()];
    expect(await open({ email: other.email, token: mine.token })).toMatchObject({ status: 401 });
    expect(await isVerified(other)).toBe(false);
    expect(await open({ email: mine.email, token: mine.token })).toMatchObject({ status: 200 });
  });
});

describe("a callbackUrl", () => {
  const app = inject("appUrl");
  const { host, port } = new URL(app);

  test.each([
    ["another site", "https://evil.example/"],
    ["no scheme", "//evil.example"],
    ["a backslash", "/\\evil.example"],
    ["two backslashes", "\\\\evil.example"],
    ["a missing slash", "https:evil.example"],
    ["an extra slash", "https:///evil.example"],
    ["our host as the user name", `http://${host}@evil.example`],
    ["our host name as a prefix", `http://localhost.evil.example:${port}/`],
    ["our host with a suffix", `http://localhost:${port}.evil.example/`],
    ["an escaped dot", "http://localhost%2eevil.example"],
    ["another port", `http://localhost:${Number(port) + 1}/`],
    ["https instead of http", `https://${host}/`],
    ["a leading space", ` ${app}/`],
    ["a line break inside", `${app}/\nevil`],
    ["a header after a line break", `${app}/\r\nSet-Cookie: x=1`],
    ["a relative path", "/verify-email"],
    ["dots and two slashes", "/..//evil.example"],
    ["a javascript: URL", "javascript:alert(1)"],
    ["a data: URL", "data:text/html,<script>alert(1)</script>"],
    ["a blob: URL", `blob:${app}/x`],
    ["a user name", `http://me@${host}/`],
    ["three slashes", `http:///${host}/`],
    ["a backslash after our host", `${app}\\@evil.example`],
    ["an empty value", ""],
  ])("with %s is rejected", async (_name, callbackUrl) => {
    const { status, code, headers } = await open({ email: newEmail(), token: "x", callbackUrl });
    expect({ status, code }).toEqual({ status: 400, code: "auth/invalid-callback-url" });
    expect(headers.get("location")).toBeNull();
    expect(headers.get("set-cookie")).toBeNull();
    expect(await resend({ email: newEmail(), callbackUrl })).toMatchObject({
      status: 400,
      code: "auth/invalid-callback-url",
    });
  });

  test("with an escaped line break stays in one header", async () => {
    const callbackUrl = `${app}/a%0d%0aSet-Cookie:x=1`;
    const { headers, status } = await open({ email: newEmail(), token: "x", callbackUrl });
    expect(status).toBe(302);
    expect(headers.get("set-cookie")).toBeNull();
    expect(headers.get("location")).toContain("/a%0d%0aSet-Cookie:x=1?verified=false");
  });

  test("is put into the email, and never fetched", async () => {
    const seen: string[] = [];
    const internalServer = createServer((request) => seen.push(request.url ?? "")).listen(0, "127.0.0.1");
    try {
      const { email } = await newUser();
      const callbackUrl = `${app}/done?next=1`;
      expect(await resend({ email, callbackUrl })).toMatchObject({ status: 200 });
      const link = linkOf(await mailTo(email, "verify-sign-up", 2));
      expect(link.searchParams.get("callbackUrl")).toBe(callbackUrl);

      const address = internalServer.address();
      const internalUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
      expect(await resend({ email, callbackUrl: internalUrl })).toMatchObject({ status: 400 });
      expect(seen).toEqual([]);
    } finally {
      internalServer.close();
    }
  });
});

test("resending the link to an unknown email address gets the same response as to a known one, and sends no email", async () => {
  const unknown = newEmail();
  const { email } = await newUser();
  const [known, guessed] = [await resend({ email }), await resend({ email: unknown })];
  expect(guessed.status).toBe(200);
  expect(guessed.body).toEqual({ ...(known.body as object), email: unknown });
  expect(await queuedMailsTo(email)).toHaveLength(2);
  expect(await queuedMailsTo(unknown)).toEqual([]);
});
