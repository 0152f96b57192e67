import { createHash } from "node:crypto";
import { describe, expect, inject, test } from "vitest";
import type { TokenPair } from "@/lib/auth/sessions/contract";
import { type Answer, guest, secretHolder } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newcomer } from "@/lib/testing/people";
import type { SocialFault, SocialPerson } from "@/lib/testing/servers/social-provider";
import { stranger, visitProvider } from "@/lib/testing/social";

const app = inject("appUrl");
const callbackUrl = `${app}/welcome?from=home`;

/** A browser: it comes without a key, and keeps the cookies that it is given. */
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

  /** The same cookies in another hand. */
  copy(): Browser {
    const copy = new Browser();
    for (const [name, value] of this.cookies) copy.cookies.set(name, value);
    return copy;
  }
}

const authorizePath = (provider: string, query: Record<string, string>) =>
  `/v1/auth/${provider}/authorize?${new URLSearchParams(query)}`;

/** From the app to the provider and back. @returns the path at which the browser arrives. */
async function travel(
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

const trade = (provider: string, token: string) =>
  guest().post<TokenPair & { is_new_user: boolean }>(`/v1/auth/${provider}/callback`, { token });

const refusedState = { status: 401, code: "auth/invalid-token", location: null };

describe.each(["google", "github"] as const)("an OAuth flow with %s", (provider) => {
  test("leads there with state and PKCE, and back to the callbackUrl with a token for tokens", async () => {
    const browser = new Browser();
    const begun = await browser.open(authorizePath(provider, { callbackUrl }));
    expect(begun.status).toBe(302);
    const query = begun.location?.searchParams;
    expect(begun.location?.origin).toBe(inject("socialProviderUrl"));
    expect(query?.get("code_challenge_method")).toBe("S256");
    expect(query?.get("code_challenge")).toMatch(/^[\w-]{43}$/);
    expect(query?.get("state")).toMatch(/^[\w-]{43}$/);
    expect(Boolean(query?.get("nonce"))).toBe(provider === "google");
    const [cookie = ""] = begun.headers.getSetCookie();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toContain(query?.get("state"));

    const person = stranger();
    const back = await visitProvider(begun.location?.href ?? "", person);
    const arrived = await browser.open(back.pathname.replace("/api", "") + back.search);
    expect(arrived.status).toBe(302);
    expect(arrived.headers.get("referrer-policy")).toBe("no-referrer");
    const { location } = arrived;
    expect(location?.href).toMatch(`${callbackUrl}&token=`);
    expect([...(location?.searchParams.keys() ?? [])]).toEqual(["from", "token"]);

    const { status, body } = await trade(provider, location?.searchParams.get("token") ?? "");
    expect({ status, isNew: body.is_new_user }).toEqual({ status: 200, isNew: true });
    expect(await guest().as(body.accessToken).get("/v1/auth/me")).toMatchObject({
      status: 200,
      body: { email: person.email, emailVerified: true },
    });
  });

  test("ends once: the token is traded once, in its minute, at its provider", async () => {
    const arrive = async () => {
      const browser = new Browser();
      const { location } = await browser.open(await travel(browser, provider, stranger()));
      return location?.searchParams.get("token") ?? "";
    };
    const refused = { status: 401, code: "auth/invalid-oauth-code" };
    const token = await arrive();
    expect(await trade(provider === "google" ? "github" : "google", token)).toMatchObject(refused);
    const answers = await Promise.all(Array.from({ length: 10 }, () => trade(provider, token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "auth/invalid-oauth-code")).toHaveLength(9);

    const late = await arrive();
    await queryDatabase(`UPDATE "SocialToken" SET "expiresAt" = now()`);
    expect(await trade(provider, late)).toMatchObject(refused);
  });

  test("without its state, with another, or with the state of another browser or provider ends nowhere", async () => {
    const [browser, other] = [new Browser(), new Browser()];
    const person = stranger();
    const path = await travel(browser, provider, person);
    const otherPath = await travel(other, provider, stranger());
    const code = new URL(path, app).searchParams.get("code") ?? "";
    const otherState = new URL(otherPath, app).searchParams.get("state") ?? "";
    const at = (query: Record<string, string>) =>
      `/v1/auth/${provider}/callback?${new URLSearchParams(query)}`;

    expect(await browser.open(at({ code }))).toMatchObject(refusedState);
    expect(await browser.open(at({ code, state: "made-up" }))).toMatchObject(refusedState);
    expect(await browser.open(at({ code, state: otherState }))).toMatchObject(refusedState);
    expect(await other.open(path)).toMatchObject(refusedState);
    expect(await new Browser().open(path)).toMatchObject(refusedState);
    const elsewhere = provider === "google" ? "github" : "google";
    expect(await browser.open(path.replace(provider, elsewhere))).toMatchObject(refusedState);
    const rows = await queryDatabase(`SELECT 1 FROM "User" WHERE email = $1`, person.email);
    expect(rows).toEqual([]);

    // None of it has used the state up.
    expect(await browser.open(path)).toMatchObject({ status: 302 });
  });

  test("that has come back does not come back again, even with the cookie that it had", async () => {
    const browser = new Browser();
    const path = await travel(browser, provider, stranger());
    const thief = browser.copy();
    const answers = await Promise.all(
      [browser, ...Array.from({ length: 9 }, () => thief.copy())].map((one) => one.open(path)),
    );
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === "auth/invalid-token")).toHaveLength(9);
    expect(await browser.open(path)).toMatchObject(refusedState);
    expect(await thief.open(path)).toMatchObject(refusedState);
  });

  test("with an altered cookie ends nowhere", async () => {
    const browser = new Browser();
    const path = await travel(browser, provider, stranger());
    const state = new URL(path, app).searchParams.get("state") ?? "";
    const forged = guest().with({
      "X-API-Key": null,
      Cookie: `oauth-flows=${state}.${createHash("sha256").update(state).digest("base64url")}`,
    });
    expect(await forged.get(path)).toMatchObject({ status: 401, code: "auth/invalid-token" });
  });

  test("that the person broke off is told at the callbackUrl", async () => {
    const browser = new Browser();
    const path = await travel(browser, provider, "deny");
    const { status, location } = await browser.open(path);
    expect({ status, href: location?.href }).toEqual({
      status: 302,
      href: `${callbackUrl}&error=auth%2Foauth-cancelled`,
    });
  });

  test("that comes back with nothing, or with another error, is told there too", async () => {
    for (const [query, error] of [
      ["", "auth/invalid-oauth-code"],
      ["&error=server_error", "auth/oauth-callback-failed"],
    ]) {
      const browser = new Browser();
      const path = await travel(browser, provider, stranger());
      const state = new URL(path, app).searchParams.get("state");
      const { location } = await browser.open(`/v1/auth/${provider}/callback?state=${state}${query}`);
      expect(location?.searchParams.get("error")).toBe(error);
    }
  });

  test.each<SocialFault>(["hang", "error", "nonsense"])(
    "on which the provider fails (%s) is told there, and the next one works",
    async (fault) => {
      const person = stranger();
      const browser = new Browser();
      const path = await travel(browser, provider, person, fault);
      const begun = performance.now();
      const { location } = await browser.open(path);
      expect(performance.now() - begun).toBeLessThan(5000);
      expect(location?.href).toBe(`${callbackUrl}&error=auth%2Foauth-callback-failed`);
      expect(await queryDatabase(`SELECT 1 FROM "User" WHERE email = $1`, person.email)).toEqual([]);

      const { location: next } = await browser.open(await travel(browser, provider, person));
      expect(next?.searchParams.get("token")).toBeTruthy();
    },
  );

  test("of a user who is rejected reports the reason to the callbackUrl", async () => {
    const local = await newcomer();
    const browser = new Browser();
    const unvouched = stranger({ email: local.email, isVerified: false });
    const taken = await browser.open(await travel(browser, provider, unvouched));
    expect(taken.location?.searchParams.get("error")).toBe("auth/email-already-exists");

    await secretHolder().patch(`/v1/users/${local.id}`, { banned: true });
    const banned = await browser.open(await travel(browser, provider, stranger({ email: local.email })));
    expect(banned.location?.searchParams.get("error")).toBe("auth/account-banned");
  });

  test("may go on in two tabs at once", async () => {
    const browser = new Browser();
    const paths = [await travel(browser, provider, stranger()), await travel(browser, provider, stranger())];
    for (const path of paths) expect(await browser.open(path)).toMatchObject({ status: 302 });
  });

  test("begun over and over does not fill the browser's cookies, and the latest three can end", async () => {
    const browser = new Browser();
    const long = `${app}/${"a".repeat(1500)}`;
    for (let flow = 0; flow < 10; flow += 1) {
      await browser.open(authorizePath(provider, { callbackUrl: long }));
    }
    expect(browser.cookieHeader().length).toBeLessThan(200);

    const oldest = await travel(browser, provider, stranger());
    const paths = [];
    for (let flow = 0; flow < 3; flow += 1) paths.push(await travel(browser, provider, stranger()));
    expect(browser.cookieHeader().length).toBeLessThan(200);
    expect(await browser.open(oldest)).toMatchObject(refusedState);
    for (const path of paths) expect(await browser.open(path)).toMatchObject({ status: 302 });
    expect(browser.cookieHeader()).toBe("");
  });

  test("is not set off by a HEAD", async () => {
    const browser = new Browser();
    const asked = await browser.open(authorizePath(provider, { callbackUrl }), "HEAD");
    expect({ status: asked.status, cookies: asked.headers.getSetCookie() }).toEqual({
      status: 200,
      cookies: [],
    });
    const path = await travel(browser, provider, stranger());
    expect(await browser.open(path, "HEAD")).toMatchObject({ status: 200 });
    expect(await browser.open(path)).toMatchObject({ status: 302 });
  });
});

test("the nonce of another OAuth flow is refused", async () => {
  const browser = new Browser();
  const path = await travel(browser, "google", stranger(), "wrong-nonce");
  const { location } = await browser.open(path);
  expect(location?.searchParams.get("error")).toBe("auth/invalid-oauth-code");
});

describe("an OAuth flow does not begin", () => {
  test.each<[string, string, Record<string, string>, string]>([
    ["to a provider that is none of ours", "facebook", { callbackUrl }, "auth/unsupported-provider"],
    ["to one that is none of ours, wherever it is to end", "facebook", {}, "auth/unsupported-provider"],
    ["without a callbackUrl", "google", {}, "auth/invalid-callback-url"],
    ["with an empty one", "google", { callbackUrl: "" }, "auth/invalid-callback-url"],
    [
      "that is to end elsewhere",
      "google",
      { callbackUrl: "https://evil.example" },
      "auth/invalid-callback-url",
    ],
    ["that is to end on a path", "github", { callbackUrl: "/me" }, "auth/invalid-callback-url"],
    [
      "that is to end in script",
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
