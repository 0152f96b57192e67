import { createServer } from "node:http";
import { describe, expect, inject, test } from "vitest";
import { type Answer, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newcomer, newEmail, type Person } from "@/lib/testing/people";

const resend = (body: Record<string, unknown>) => guest().post("/v1/auth/signup/email/resend", body);

/** Opens the link as a browser does: without a key. */
function open(query: Record<string, string>, method: "GET" | "HEAD" = "GET"): Promise<Answer> {
  return guest()
    .with({ "X-API-Key": null })
    .send(method, `/v1/auth/signup/email/confirm?${new URLSearchParams(query)}`);
}

async function newcomerWithLink(): Promise<Person & { token: string; link: URL }> {
  const person = await newcomer();
  const link = linkOf(await mailTo(person.email, "verify-sign-up"));
  return { ...person, token: link.token, link };
}

const isVerified = async ({ api }: Person) =>
  (await api.get<{ emailVerified: boolean }>("/v1/auth/me")).body.emailVerified;

describe("the link of the sign-up mail", () => {
  test("is the endpoint itself, and leads to the site's own page", async () => {
    const { link, email } = await newcomerWithLink();
    expect(link.origin + link.pathname).toBe(`${inject("appUrl")}/api/v1/auth/signup/email/confirm`);
    expect(link.searchParams.get("email")).toBe(email);
    expect(link.searchParams.get("callbackUrl")).toBe(`${inject("appUrl")}/verify-email`);
  });

  test("without a callbackUrl answers JSON, once; the second time says that it is done", async () => {
    const person = await newcomerWithLink();
    const { email, token } = person;
    expect(await open({ email, token })).toMatchObject({
      status: 200,
      body: { success: true, data: { verified: true, email } },
    });
    expect(await isVerified(person)).toBe(true);
    expect(await open({ email, token })).toMatchObject({ status: 400, code: "auth/already-verified" });
    expect(await resend({ email })).toMatchObject({ status: 400, code: "auth/already-verified" });
  });

  test("with a callbackUrl sends the browser there, and keeps its query", async () => {
    const { email, token } = await newcomerWithLink();
    const callbackUrl = `${inject("appUrl")}/welcome?from=a%20mail#top`;
    const { status, headers } = await open({ email, token, callbackUrl });
    expect(status).toBe(302);
    expect(headers.get("location")).toBe(
      `${inject("appUrl")}/welcome?from=a%20mail&verified=true&email=${encodeURIComponent(email)}#top`,
    );
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });

  test("is not used up by a HEAD", async () => {
    const person = await newcomerWithLink();
    const { email, token } = person;
    expect((await open({ email, token }, "HEAD")).status).toBe(200);
    expect(await isVerified(person)).toBe(false);
    expect(await open({ email, token })).toMatchObject({ status: 200 });
  });

  test("lives a day, and dies when a newer one is asked for", async () => {
    const { email, token } = await newcomerWithLink();
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
    ["no address", "auth/invalid-email", 400, () => ({ token: "made-up" })],
    ["half an address", "auth/invalid-email", 400, () => ({ email: "half@", token: "made-up" })],
  ])("with %s is refused, at the callbackUrl where there is one", async (_name, code, status, query) => {
    const link = { ...query(await newcomer()) };
    expect(await open(link)).toMatchObject({ status, code });

    const callbackUrl = `${inject("appUrl")}/verify-email`;
    const { headers, ...answer } = await open({ ...link, callbackUrl });
    expect(answer.status).toBe(302);
    expect(headers.get("location")).toBe(`${callbackUrl}?verified=false&error=${encodeURIComponent(code)}`);
  });

  test("is not valid for another email address", async () => {
    const [mine, other] = [await newcomerWithLink(), await newcomer()];
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
    ["one slash too few", "https:evil.example"],
    ["one slash too many", "https:///evil.example"],
    ["our name as the account", `http://${host}@evil.example`],
    ["our name as a prefix", `http://localhost.evil.example:${port}/`],
    ["our name and a dot more", `http://localhost:${port}.evil.example/`],
    ["an escaped dot", "http://localhost%2eevil.example"],
    ["another port", `http://localhost:${Number(port) + 1}/`],
    ["https for http", `https://${host}/`],
    ["a leading blank", ` ${app}/`],
    ["a line break inside", `${app}/\nevil`],
    ["a header behind a line break", `${app}/\r\nSet-Cookie: x=1`],
    ["a relative path", "/verify-email"],
    ["dots and two slashes", "/..//evil.example"],
    ["a script", "javascript:alert(1)"],
    ["data", "data:text/html,<script>alert(1)</script>"],
    ["a blob", `blob:${app}/x`],
    ["an account", `http://me@${host}/`],
    ["three slashes", `http:///${host}/`],
    ["a backslash behind our name", `${app}\\@evil.example`],
    ["nothing", ""],
  ])("with %s is refused", async (_name, callbackUrl) => {
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

  test("is put into the mail, and never fetched", async () => {
    const seen: string[] = [];
    const inner = createServer((request) => seen.push(request.url ?? "")).listen(0, "127.0.0.1");
    try {
      const { email } = await newcomer();
      const callbackUrl = `${app}/done?next=1`;
      expect(await resend({ email, callbackUrl })).toMatchObject({ status: 200 });
      const link = linkOf(await mailTo(email, "verify-sign-up", 2));
      expect(link.searchParams.get("callbackUrl")).toBe(callbackUrl);

      const address = inner.address();
      const innerUrl = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`;
      expect(await resend({ email, callbackUrl: innerUrl })).toMatchObject({ status: 400 });
      expect(seen).toEqual([]);
    } finally {
      inner.close();
    }
  });
});

test("an unknown address gets the answer of a known one, and no mail", async () => {
  const unknown = newEmail();
  const { email } = await newcomer();
  const [known, guessed] = [await resend({ email }), await resend({ email: unknown })];
  expect(guessed.status).toBe(200);
  expect(guessed.body).toEqual({ ...(known.body as object), email: unknown });
  expect(await queuedMailsTo(email)).toHaveLength(2);
  expect(await queuedMailsTo(unknown)).toEqual([]);
});
