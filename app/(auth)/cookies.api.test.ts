import { afterAll, beforeAll, expect, test } from "vitest";
import { newPassword } from "@/lib/testing/app/secrets";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { freshAddress } from "@/lib/testing/caller";
import { newEmail } from "@/lib/testing/people";
import { fetchForm } from "@/lib/testing/plain-form";
import { freePort } from "@/lib/testing/servers/free-port";
import {
  type SocialProvider,
  socialSettings,
  startSocialProvider,
} from "@/lib/testing/servers/social-provider";

// A blog served over https, behind a proxy that forwards plain http to it.

const site = "https://blog.example.com";

let app: TestApp;
/** The address that the server itself listens on. */
let serverUrl: string;
let provider: SocialProvider; // part: social-sign-in

beforeAll(async () => {
  provider = await startSocialProvider(); // part: social-sign-in
  const PORT = String(await freePort());
  serverUrl = `http://localhost:${PORT}`;
  app = await startTestApp({
    PORT,
    APP_URL: site,
    ...socialSettings(provider.url), // part: social-sign-in
  });
});

afterAll(async () => {
  await app?.stop();
  await provider?.stop(); // part: social-sign-in
});

/** Submits the form with a field or button of this name, as a browser without JavaScript does. */
async function sendForm(path: string, name: string, fields: Record<string, string>): Promise<Response> {
  const body = await fetchForm(`${serverUrl}${path}`, `name="${name}"`);
  for (const [field, value] of Object.entries(fields)) body.set(field, value);
  const headers = {
    Origin: site,
    "X-Forwarded-Host": new URL(site).host,
    "X-Forwarded-For": freshAddress(),
  };
  return fetch(`${serverUrl}${path}`, { method: "POST", body, headers, redirect: "manual" });
}

/** Each cookie that is set has a name prefix that requires https, and is hidden from scripts. */
function expectSafe(answer: Response, name: RegExp): void {
  const kept = answer.headers.getSetCookie().filter((cookie) => !/Max-Age=0|1970/i.test(cookie));
  expect(kept).toContainEqual(expect.stringMatching(name));
  for (const cookie of kept) {
    expect(cookie).toMatch(/^__(Host|Secure)-/);
    for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\//i]) {
      expect(cookie).toMatch(attribute);
    }
    expect(cookie).not.toMatch(/; Domain=/i);
  }
}

test("signing up sets a session cookie that is sent over https only and that no other host can set", async () => {
  const agreed = { termsAccepted: "on", privacyAccepted: "on" };
  const person = { name: "Hong Gildong", email: newEmail(), password: newPassword() };
  const answer = await sendForm("/signup", "termsAccepted", { ...person, ...agreed });
  expect(answer.status).toBe(303);
  expectSafe(answer, /^__Host-authjs\.session-token=/);
});

test("the session is read from the __Host- cookie only", async () => {
  const person = { name: "Hong Gildong", email: newEmail(), password: newPassword() };
  const answer = await sendForm("/signup", "termsAccepted", {
    ...person,
    termsAccepted: "on",
    privacyAccepted: "on",
  });
  const [, value] =
    /__Host-authjs\.session-token=([^;]+)/.exec(answer.headers.getSetCookie().join("\n")) ?? [];
  const statusWith = async (name: string) => {
    const headers = { Cookie: `${name}=${value}` };
    return (await fetch(`${serverUrl}/me`, { headers, redirect: "manual" })).status;
  };
  expect(await statusWith("__Host-authjs.session-token")).toBe(200);
  // A sibling subdomain can set these.
  expect(await statusWith("__Secure-authjs.session-token")).toBe(307);
  expect(await statusWith("authjs.session-token")).toBe(307);
});

test("the theme of a guest page is read from the __Host- cookie only", async () => {
  const themeWith = async (cookie: string) => {
    const headers = { Cookie: cookie, "X-Forwarded-For": freshAddress() };
    const response = await fetch(serverUrl, { headers });
    expect(response.headers.get("server-timing")).toMatch(/^guest-page/);
    return /<html[^>]* data-theme="(\w+)"/.exec(await response.text())?.[1];
  };
  expect(await themeWith("__Host-theme=dark")).toBe("dark");
  expect(await themeWith("theme=dark")).toBe("system");
});

// part: social-sign-in
test("an OAuth flow, started from a page or from an app, keeps its state in a __Host- cookie", async () => {
  const fromPage = await sendForm("/signin", "provider", { provider: "google" });
  expect(fromPage.headers.get("location")).toMatch(provider.url);
  expectSafe(fromPage, /^__Host-oauth-intent=/);

  const query = new URLSearchParams({ callbackUrl: `${site}/app` });
  const address = `${serverUrl}/api/v1/auth/google/authorize?${query}`;
  const fromApp = await fetch(address, { redirect: "manual" });
  expect(fromApp.headers.get("location")).toMatch(provider.url);
  expectSafe(fromApp, /^__Host-oauth-flows=/);
});
// end of part: social-sign-in

test("requesting a password reset keeps the return path in a __Host- cookie", async () => {
  const fields = { email: newEmail(), returnTo: "/articles/new" };
  const answer = await sendForm("/forgot-password", "email", fields);
  expect(answer.status).toBe(303);
  expectSafe(answer, /^__Host-return-to=/);
});
