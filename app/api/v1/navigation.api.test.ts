import { describe, expect, inject, test } from "vitest";
import { freshAddress, guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { linkOf, mailTo, queuedMailsTo } from "@/lib/testing/mailbox";
import { newUser } from "@/lib/testing/people";
import { PlainBrowser } from "@/lib/testing/plain-browser";
import { sendRaw } from "@/lib/testing/raw-request";

// The attack: an image, a frame or a script, in an article for example, that loads a GET with side effects.

const app = inject("appUrl");
const visitor = () => guest().with({ "X-API-Key": null });
const callbackUrl = new URLSearchParams({ callbackUrl: `${app}/` });

const embeddings: [string, Record<string, string>][] = [
  ["an image", { "Sec-Fetch-Dest": "image", "Sec-Fetch-Mode": "no-cors" }],
  ["a frame", { "Sec-Fetch-Dest": "iframe", "Sec-Fetch-Mode": "navigate" }],
  ["a fetch by a script", { "Sec-Fetch-Dest": "empty", "Sec-Fetch-Mode": "cors" }],
  ["a prefetch", { "Sec-Fetch-Dest": "document", "Sec-Purpose": "prefetch;prerender" }],
];

describe.each(embeddings)("a GET with side effects, loaded as %s,", (_name, headers) => {
  test.each([
    `/v1/auth/google/authorize?${callbackUrl}`, // part: social-sign-in
    `/v1/auth/github/authorize?${callbackUrl}`, // part: social-sign-in
    "/v1/auth/google/callback?state=a&code=b", // part: social-sign-in
    "/v1/auth/github/callback?state=a&code=b", // part: social-sign-in
    `/v1/auth/signup/email/confirm?token=a&email=b%40example.com&${callbackUrl}`,
  ])("is rejected and sets no cookie: %s", async (path) => {
    const answer = await visitor().get(path, headers);
    expect(answer).toMatchObject({ status: 403, code: "common/navigation-required" });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });

  // part: social-sign-in
  test("is rejected and sets no cookie: the callbacks of Auth.js", async () => {
    for (const provider of ["google", "github"]) {
      const response = await fetch(`${app}/api/auth/callback/${provider}?state=a&code=b`, {
        headers: { ...headers, "X-Forwarded-For": freshAddress() },
        redirect: "manual",
      });
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ error: { code: "common/navigation-required" } });
      expect(response.headers.getSetCookie()).toEqual([]);
    }
  });
  // end of part: social-sign-in
});

test("an emailed link confirms only when opened as a page, not when loaded as an image", async () => {
  const person = await newUser();
  const link = linkOf(await mailTo(person.email, /./));
  const path = link.pathname.replace("/api", "") + link.search;
  const isVerified = async () =>
    (await queryDatabase(`SELECT "emailVerified" FROM "User" WHERE id = $1`, person.id))[0];
  expect(await visitor().get(path, { "Sec-Fetch-Dest": "image" })).toMatchObject({ status: 403 });
  expect(await isVerified()).toEqual({ emailVerified: null });
  expect(await visitor().get(path, { "Sec-Fetch-Dest": "document" })).toMatchObject({ status: 302 });
  expect(await isVerified()).toEqual({ emailVerified: expect.any(Date) });
});

test("the data export cannot be loaded by another site, as an image or by a link, and then sends no email", async () => {
  const person = await newUser();
  const browser = new PlainBrowser();
  await browser.signIn(person);
  const statusWith = async (headers: Record<string, string>) =>
    (await browser.get("/me/data.json", headers)).status;
  expect(await statusWith({ "Sec-Fetch-Dest": "image" })).toBe(403);
  for (const site of ["cross-site", "same-site"]) {
    expect(await statusWith({ "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": site }), site).toBe(403);
  }
  expect(await queuedMailsTo(person.email)).not.toContain("data-exported");
  // A link of this site, and the address bar.
  for (const site of ["same-origin", "none"]) {
    expect(await statusWith({ "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": site }), site).toBe(200);
  }
  expect(await queuedMailsTo(person.email)).toContain("data-exported");
});

test.each(["%%%", "{}", "%5B", encodeURIComponent("[".repeat(3_000))])(
  "a malformed router state is ignored without a server error: %.20s",
  async (state) => {
    const headers = ["RSC", "1", "Next-Router-State-Tree", state, "X-Forwarded-For", freshAddress()];
    // An unknown page: Next.js first redirects others to a URL with a digest of these headers.
    expect((await sendRaw(app, { path: "/nowhere", headers })).status).toBe(404);
  },
);

test.each(["[::", "a b", "%%%", "evil.example", "evil.example, b", ":"])(
  "X-Forwarded-Host: %s causes no server error on pages and forms",
  async (host) => {
    const headers = ["X-Forwarded-Host", host, "X-Forwarded-For", freshAddress()];
    for (const path of ["/", "/signin", "/api/v1/openapi.json"]) {
      expect((await sendRaw(app, { path, headers })).status).toBe(200);
    }
    const sent = [...headers, "Origin", app, "Next-Action", "abc", "Content-Type", "text/plain"];
    const { status } = await sendRaw(app, { method: "POST", path: "/signin", headers: sent, body: "[]" });
    expect(status).toBeLessThan(500);
  },
);
