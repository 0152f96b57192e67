import { createHash } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { hashSecret } from "@/lib/crypto/secrets";
import { type Answer, guest, withSecretKey } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";
import type { SocialFault, SocialPerson } from "@/lib/testing/servers/social-provider";
import { stranger, visitProvider } from "@/lib/testing/social";

const app = inject("appUrl");
const callbackUrl = `${app}/welcome?from=home`;

/** A browser: sends no API key, and stores cookies. */
class Browser {
  private readonly cookies = new Map<string, string>();
  private readonly caller = guest().with({ "X-API-Key": null });

  async open(path: string, method: "GET" | "HEAD" = "GET"): Promise<Answer & { location: URL | null }> {
    const answer = await this.caller.send(method, path, undefined, { Cookie: this.cookieHeader() });
    for (const line of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const location = answer.headers.get("location");
    return { ...answer, location: location ? new URL(location) : null };
  }

  cookieHeader(): string {
    return [...this.cookies].map((pair) => pair.join("=")).join("; ");
  }

  /** Another browser with the same cookies, as after a theft. */
  copy(): Browser {
    const copy = new Browser();
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }
}

const authorizePath = (provider: string, query: Record<string, string>) =>
  `/v1/auth/${provider}/authorize?${new URLSearchParams(query)}`;

/** Goes from the app to the provider and back. @returns the callback path, not opened yet. */
async function runFlow(
  browser: Browser,
  provider: "google" | "github",
  choice: SocialPerson | "deny",
  fault?: SocialFault,
): Promise<string> {
  const { location } = await browser.open(authorizePath(provider, { callbackUrl }));
  const back = await visitProvider(location?.href ?? "", choice, fault);
  expect(back.origin + back.pathname).toBe(`${app}/api/v1/auth/${provider}/callback`);
  return back.pathname.replace("/api", "") + back.search;
}

const exchange = (provider: string, token: string) =>
  guest().post<TokenPair & { is_new_user: boolean }>(`/v1/auth/${provider}/callback`, { token });

const rejectedState = { status: 401, code: "auth/invalid-token", location: null };

describe.each(["google", "github"] as const)("an OAuth flow with %s", (provider) => {
  test("redirects to the provider with state and PKCE, and back to the callbackUrl with an exchange token", async () => {
    const browser = new Browser();
    const started = await browser.open(authorizePath(provider, { callbackUrl }));
    expect(started.status).toBe(302);
    const query = started.location?.searchParams;
    expect(started.location?.origin).toBe(inject("socialProviderUrl"));
    expect(query?.get("code_challenge_method")).toBe("S256");
    expect(query?.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(query?.get("state")).toMatch(/^[\w-]{43}$/);
    expect(Boolean(query?.get("nonce"))).toBe(provider === "google");
    const [cookie = ""] = started.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toContain(query?.get("state"));

    const person = stranger();
    const back = await visitProvider(started.location?.href ?? "", person);
    const arrived = await browser.open(back.pathname.replace("/api", "") + back.search);
    expect(arrived.status).toBe(302);
    expect(arrived.headers.get("referrer-policy")).toBe("no-referrer");
    const { location } = arrived;
    expect(location?.href).toMatch(`${callbackUrl}&token=`);
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(["from", "token"]);

    const { status, body } = await exchange(provider, location?.searchParams.get("token") ?? "");
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: true });
    expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
      status: 200,
      body: { email: person.email, emailVerified: true },
    });
  });

  test("yields a token that is exchanged once, within a minute, for its own provider", async () => {
    const arrive = async () => {
      const browser = new Browser();
      const { location } = await browser.open(await runFlow(browser, provider, stranger()));
      return location?.searchParams.get("token") ?? "";
    };
    const rejected = { status: 401, code: "auth/invalid-oauth-code" };
    const token = await arrive();
    expect(await exchange(provider === "google" ? "github" : "google", token)).toMatchObject(rejected);
    const answers = await Promise.all(Array.from({ length: 10 }, () => exchange(provider, token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "auth/invalid-oauth-code")).toHaveLength(9);

    const late = await arrive();
    await queryDatabase(
      `UPDATE "SocialToken" SET "expiresAt" = now() WHERE "tokenHash" = $1`,
      hashSecret(late),
    );
    expect(await exchange(provider, late)).toMatchObject(rejected);
  });

  test("is rejected without its state, or with the state of another flow, browser or provider", async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const person = stranger();
    const path = await runFlow(browser, provider, person);
    const otherPath = await runFlow(other, provider, stranger());
    const code = new URL(path, app).searchParams.get("code") ?? "";
    const otherState = new URL(otherPath, app).searchParams.get("state") ?? "";
    const at = (query: Record<string, string>) =>
      `/v1/auth/${provider}/callback?${new URLSearchParams(query)}`;

    expect(await browser.open(at({ code }))).toMatchObject(rejectedState);
    expect(await browser.open(at({ code, state: "made-up" }))).toMatchObject(rejectedState);
    expect(await browser.open(at({ code, state: otherState }))).toMatchObject(rejectedState);
    expect(await other.open(path)).toMatchObject(rejectedState);
    expect(await new Browser().open(path)).toMatchObject(rejectedState);
    const elsewhere = provider === "google" ? "github" : "google";
    expect(await browser.open(path.replace(provider, elsewhere))).toMatchObject(rejectedState);
    const rows = await queryDatabase(`SELECT 1 FROM "User" WHERE email = $1`, person.email);
    expect(rows).toEqual([]);

    // The rejected attempts have not consumed the state.
    expect(await browser.open(path)).toMatchObject({ status: 302 });
  });

  test("cannot be replayed, even with a copy of its cookie", async () => {
    const browser = new Browser();
    const path = await runFlow(browser, provider, stranger());
    const attacker = browser.copy();
    const answers = await Promise.all(
      [browser, ...Array.from({ length: 9 }, () => attacker.copy())].map((one) => one.open(path)),
    );
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "auth/invalid-token")).toHaveLength(9);
    expect(await browser.open(path)).toMatchObject(rejectedState);
    expect(await attacker.open(path)).toMatchObject(rejectedState);
  });

  test("is rejected with a forged cookie", async () => {
    const browser = new Browser();
    const path = await runFlow(browser, provider, stranger());
    const state = new URL(path, app).searchParams.get("state") ?? "";
    const forged = guest().with({
      "X-API-Key": null,
      Cookie: `oauth-flows=${state}.${createHash("sha256").update(state).digest("base64url")}`,
    });
    expect(await forged.get(path)).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("that the user cancels is reported to the callbackUrl", async () => {
    const browser = new Browser();
    const path = await runFlow(browser, provider, "deny");
    const { status, location } = await browser.open(path);
    expect({ status, href: location?.href }).toEqual({
      status: 302,
      href: `${callbackUrl}&error=auth%2Foauth-cancelled`,
    });
  });

  test("that returns without a code, or with another error, is reported to the callbackUrl", async () => {
    for (const [query, error] of [
      ["", "auth/invalid-oauth-code"],
      ["&error=server_error", "auth/oauth-callback-failed"],
    ]) {
      const browser = new Browser();
      const path = await runFlow(browser, provider, stranger());
      const state = new URL(path, app).searchParams.get("state");
      const { location } = await browser.open(`/v1/auth/${provider}/callback?state=${state}${query}`);
      expect(location?.searchParams.get("error")).toBe(error);
    }
  });

  test.each<SocialFault>(["hang", "error", "nonsense"])(
    "in which the provider fails (%s) is reported to the callbackUrl, and the next flow works",
    async (fault) => {
      const person = stranger();
      const browser = new Browser();
      const path = await runFlow(browser, provider, person, fault);
      const startedAt = performance.now();
      const { location } = await browser.open(path);
      expect(performance.now() - startedAt).toBeLessThan(5000);
      expect(location?.href).toBe(`${callbackUrl}&error=auth%2Foauth-callback-failed`);
      expect(await queryDatabase(`SELECT 1 FROM "User" WHERE email = $1`, person.email)).toEqual([]);

      const { location: next } = await browser.open(await runFlow(browser, provider, person));
      expect(next?.searchParams.get("token")).toBeTruthy();
    },
  );

  test("of a rejected user is reported to the callbackUrl with the reason", async () => {
    const local = await newUser();
    const browser = new Browser();
    const unverified = stranger({ email: local.email, isVerified: false });
    const taken = await browser.open(await runFlow(browser, provider, unverified));
    expect(taken.location?.searchParams.get("error")).toBe("auth/email-already-exists");

    await withSecretKey().patch(`/v1/users/${local.id}`, { banned: true });
    const banned = await browser.open(await runFlow(browser, provider, stranger({ email: local.email })));
    expect(banned.location?.searchParams.get("error")).toBe("auth/account-banned");
  });

  test("can run in two tabs at once", async () => {
    const browser = new Browser();
    const paths = [
      await runFlow(browser, provider, stranger()),
      await runFlow(browser, provider, stranger()),
    ];
    for (const path of paths) expect(await browser.open(path)).toMatchObject({ status: 302 });
  });

  test("that is started repeatedly does not fill the browser's cookies, and the latest three can complete", async () => {
    const browser = new Browser();
    const long = `${app}/${"a".repeat(1500)}`;
    for (let flow = 0; flow < 10; flow += 1) {
      await browser.open(authorizePath(provider, { callbackUrl: long }));
    }
    expect(browser.cookieHeader().length).toBeLessThan(200);

    const oldest = await runFlow(browser, provider, stranger());
    const paths = [];
    for (let flow = 0; flow < 3; flow += 1) paths.push(await runFlow(browser, provider, stranger()));
    expect(browser.cookieHeader().length).toBeLessThan(200);
    expect(await browser.open(oldest)).toMatchObject(rejectedState);
    for (const path of paths) expect(await browser.open(path)).toMatchObject({ status: 302 });
    expect(browser.cookieHeader()).toBe("");
  });

  test("is neither started nor completed by a HEAD request", async () => {
    const browser = new Browser();
    const asked = await browser.open(authorizePath(provider, { callbackUrl }), "HEAD");
    expect({ status: asked.status, cookies: asked.headers.getSetCookie() }).toEqual({
      status: 200,
      cookies: [],
    });
    const path = await runFlow(browser, provider, stranger());
    expect(await browser.open(path, "HEAD")).toMatchObject({ status: 200 });
    expect(await browser.open(path)).toMatchObject({ status: 302 });
  });
});

test("an id token with the nonce of another OAuth flow is rejected", async () => {
  const browser = new Browser();
  const path = await runFlow(browser, "google", stranger(), "wrong-nonce");
  const { location } = await browser.open(path);
  expect(location?.searchParams.get("error")).toBe("auth/invalid-oauth-code");
});

describe("an OAuth flow does not start", () => {
  test.each<[string, string, Record<string, string>, string]>([
    ["with an unsupported provider", "facebook", { callbackUrl }, "auth/unsupported-provider"],
    ["with an unsupported provider and no callbackUrl", "facebook", {}, "auth/unsupported-provider"],
    ["without a callbackUrl", "google", {}, "auth/invalid-callback-url"],
    ["with an empty callbackUrl", "google", { callbackUrl: "" }, "auth/invalid-callback-url"],
    [
      "with a callbackUrl on another site",
      "google",
      { callbackUrl: "https://evil.example" },
      "auth/invalid-callback-url",
    ],
    ["with a callbackUrl that is only a path", "github", { callbackUrl: "/me" }, "auth/invalid-callback-url"],
    [
      "with a javascript: callbackUrl",
      "github",
      { callbackUrl: "javascript:alert(1)" },
      "auth/invalid-callback-url",
    ],
  ])("%s", async (_name, provider, query, code) => {
    const answer = await new Browser().open(authorizePath(provider, query));
    expect(answer).toMatchObject({ status: 400, code, location: null });
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
});
