import { randomInt, randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { locales } from "@/lib/i18n/locales";
import { en } from "@/lib/i18n/messages/en";
import { codeOf } from "@/lib/testing/factors/totp-code";
import { expect, expectShown, signIn, submitSignIn, test } from "./fixtures";
import { linkIn, mailTo } from "./mailbox";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

type Visitor = { id: string; name: string; email: string; picture?: string; isVerified?: boolean };

function visitor(fields: Partial<Visitor> = {}): Visitor {
  return {
    id: String(randomInt(1, 2 ** 47)),
    name: "Hong Gildong",
    email: `${randomUUID()}@example.com`,
    ...fields,
  };
}

/** Clicks the button that leads to the provider. */
async function goTo(page: Page, provider: "Google" | "GitHub"): Promise<void> {
  await page.getByRole("button", { name: `Continue with ${provider}` }).click();
  await expect(page.getByRole("heading", { name: "Who are you?" })).toBeVisible();
}

/** Signs in and consents at the provider. */
async function allow(
  page: Page,
  { id, name, email, picture, isVerified }: Visitor,
  fault = "",
): Promise<void> {
  await page.getByLabel("Id").fill(id);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Address", { exact: true }).fill(email);
  await page.getByLabel("Picture").fill(picture ?? "");
  await page.getByLabel("Fault").fill(fault);
  if (isVerified === false) await page.getByLabel("The address is confirmed").uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
}

/** Signs in with a provider, from the sign-in page. */
async function signInWith(page: Page, provider: "Google" | "GitHub", who: Visitor): Promise<void> {
  await page.goto("/signin");
  await goTo(page, provider);
  await allow(page, who);
  await expect(page).toHaveURL("/me");
}

/** Sets a password with the emailed link. */
async function resetPassword(page: Page, email: string): Promise<string> {
  const password = `canary-password ${randomUUID()}`;
  const mail = await mailTo(email, "reset-password");
  await page.goto(linkIn(mail));
  await page.getByLabel("New password").fill(password);
  await page.getByRole("button", { name: en.resetPassword.submit }).click();
  await expect(page).toHaveURL(/\/signin/);
  return password;
}

const errorAlert = (page: Page) => page.getByRole("main").getByRole("alert");

test("the first sign-in with Google creates an account with its avatar, and the second signs in", async ({
  page,
  openBrowser,
  api,
}) => {
  const who = visitor({ picture: `http://127.0.0.1:${process.env.E2E_SOCIAL_PORT}/picture.png` });
  await page.goto("/signup");
  await goTo(page, "Google");
  await allow(page, who);
  await expect(page).toHaveURL("/me");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(who.name);
  await expect(page.getByText(who.email)).toBeVisible();

  await expect(page.getByText("is not confirmed yet")).toBeHidden();
  // The avatar is stored on this site, so that the provider does not learn who views it.
  const face = page.getByRole("banner").locator("img");
  await expect(async () => {
    await page.reload();
    await expect(face).toHaveAttribute("src", /^\/api\/v1\/storage\//, { timeout: 1000 });
  }).toPass();
  await expectShown(face);

  const other = await openBrowser();
  await signInWith(other, "Google", { ...who, name: "Another name" });
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(who.name);

  // It is the same account in the API.
  expect(
    (
      await api("POST", "/auth/email/signin", {
        body: { method: "password", email: who.email, password: "abc123" },
      })
    ).status(),
  ).toBe(401);
});

test("Google does not skip the second factor", async ({ page, openBrowser }) => {
  const who = visitor();
  await page.goto("/signin?returnTo=/me/second-factor");
  await goTo(page, "Google");
  await allow(page, who);
  await page.getByRole("button", { name: "Set up" }).click();
  const secret = (await page.getByRole("main").locator("code").textContent()) ?? "";
  const [backupCode = ""] = ((await page.locator("figure pre").textContent()) ?? "").split("\n");
  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("status")).toContainText("Two-step verification is on");

  const other = await openBrowser();
  await other.goto("/signin?returnTo=/me/profile");
  await goTo(other, "Google");
  await allow(other, who);
  await expect(other.getByRole("heading", { name: "Enter your code" })).toBeVisible();
  await other.goto("/me");
  await expect(other).toHaveURL(/\/signin/);
  await goTo(other, "Google");
  await allow(other, who);
  await other.getByRole("link", { name: "Use a backup code" }).click();
  await other.getByLabel("Backup code").fill(backupCode);
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other).toHaveURL("/me");
});

test("returns to the requested page after signing in with GitHub", async ({ page }) => {
  await page.goto("/articles/new");
  await expect(page).toHaveURL(/\/signin\?returnTo=/);
  await goTo(page, "GitHub");
  await allow(page, visitor());
  await expect(page).toHaveURL("/articles/new");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a user signs up with Google, links GitHub and unlinks it again", async ({ page }) => {
    await page.goto("/signin?returnTo=/me/sign-in-methods");
    await goTo(page, "Google");
    await allow(page, visitor());
    await expect(page).toHaveURL("/me/sign-in-methods");
    await page.getByRole("button", { name: "Link GitHub" }).click();
    await allow(page, visitor());
    await expect(page.getByText("GitHub was linked.")).toBeVisible();
    await page.getByRole("button", { name: "Remove GitHub" }).click();
    await expect(page.getByText("GitHub was removed.")).toBeVisible();
  });
});

test("GitHub is linked in the settings and signs in, and the only sign-in method cannot be removed", async ({
  page,
  author,
  openBrowser,
}) => {
  const github = visitor();
  await page.goto("/me");
  await page.getByRole("link", { name: en.settings.methods }).click();
  await expect(page.getByText(en.methods.last)).toBeVisible();
  await expect(page.getByRole("button", { name: /^Remove/ })).toHaveCount(0);

  await page.getByRole("button", { name: "Link GitHub" }).click();
  await allow(page, github);
  await expect(page).toHaveURL("/me/sign-in-methods?linked=github");
  await expect(page.getByText("GitHub was linked.")).toBeVisible();

  const other = await openBrowser();
  await signInWith(other, "GitHub", github);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(author.name);

  // Two tabs that show both methods remove one each: the second removal is rejected with a message.
  await other.goto("/me/sign-in-methods");
  await page.getByRole("button", { name: "Remove Password" }).click();
  await expect(page.getByText("Password was removed.")).toBeVisible();
  await other.getByRole("button", { name: "Remove GitHub" }).click();
  await expect(errorAlert(other)).toContainText(en.errors["auth/cannot-unlink-last-account"]);
  await other.reload();
  await expect(other.getByText(en.methods.last)).toBeVisible();
});

test("a user who signed up with Google sets a first password by email", async ({ page, openBrowser }) => {
  const who = visitor();
  await signInWith(page, "Google", who);
  await page.goto("/me/sign-in-methods");
  await page.getByRole("link", { name: "Set a password" }).click();
  await page.getByRole("button", { name: en.security.mailLink }).click();
  await expect(page.getByRole("heading", { name: en.forgotPassword.sentTitle })).toBeVisible();
  const other = await openBrowser();
  const password = await resetPassword(other, who.email);
  await submitSignIn(other, { email: who.email, password });
  await expect(other).toHaveURL("/me");
  await other.goto("/me/sign-in-methods");
  await expect(other.getByRole("button", { name: "Remove Google" })).toBeVisible();
});

test("an attacker who pre-registers an email address loses the account when the owner signs in with Google", async ({
  page,
  author,
  openBrowser,
}) => {
  const owner = await openBrowser();
  await signInWith(owner, "Google", visitor({ name: "The owner", email: author.email }));
  await expect(owner.getByRole("heading", { level: 1 })).toHaveText("The owner");

  await page.goto("/me");
  await expect(page).toHaveURL(/\/signin/);
  await submitSignIn(page, author);
  await expect(errorAlert(page)).toContainText(en.errors["auth/invalid-credentials"]);
});

test("an account with a verified address is linked, and keeps its password", async ({
  page,
  author,
  openBrowser,
}) => {
  await page.goto(linkIn(await mailTo(author.email, "verify-sign-up")));
  await expect(page.getByRole("heading", { name: en.verifyEmail.verifiedTitle })).toBeVisible();
  const other = await openBrowser();
  await signInWith(other, "Google", visitor({ email: author.email }));
  await expect(other.getByRole("heading", { level: 1 })).toHaveText(author.name);
  const third = await openBrowser();
  await signIn(third, author);
  await expect(third).toHaveURL("/me");
});

test.describe("a failed sign-in shows the reason, and can be retried on the same page", () => {
  test("when the user denies consent", async ({ page }) => {
    await page.goto("/signin?returnTo=/articles/new");
    await goTo(page, "GitHub");
    await page.getByRole("button", { name: "Deny" }).click();
    await expect(errorAlert(page)).toContainText(en.errors["auth/oauth-cancelled"]);
    await goTo(page, "GitHub");
    await allow(page, visitor());
    await expect(page).toHaveURL("/articles/new");
  });

  for (const provider of ["Google", "GitHub"] as const) {
    test(`when ${provider} fails`, async ({ page }) => {
      const who = visitor();
      await page.goto("/signin");
      for (const fault of ["error", "nonsense", "nothing"]) {
        await goTo(page, provider);
        await allow(page, who, fault);
        await expect(errorAlert(page), fault).toContainText(en.errors["auth/oauth-callback-failed"]);
      }
      await goTo(page, provider);
      await allow(page, who);
      await expect(page).toHaveURL("/me");
    });
  }

  test("when the provider hangs, within five seconds", async ({ page }) => {
    await page.goto("/signin");
    await goTo(page, "GitHub");
    await allow(page, visitor(), "hang");
    await expect(errorAlert(page)).toContainText(en.errors["auth/oauth-callback-failed"]);
  });

  for (const fault of [
    "wrong-audience",
    "wrong-issuer",
    "wrong-nonce",
    "expired",
    "unsigned",
    "signed-with-our-secret",
    "wrong-signing-key",
  ]) {
    test(`when the ID token is ${fault}`, async ({ page, context }) => {
      await page.goto("/signin");
      await goTo(page, "Google");
      await allow(page, visitor(), fault);
      await expect(errorAlert(page)).toBeVisible();
      await expect(page).toHaveURL(/\/signin\?error=/);
      expect((await context.cookies()).filter(({ name }) => name.includes("session-token"))).toEqual([]);
    });
  }

  test("when the provider has not verified an address that has an account", async ({
    author,
    openBrowser,
  }) => {
    const page = await openBrowser();
    await page.goto("/signin");
    await goTo(page, "GitHub");
    await allow(page, visitor({ email: author.email, isVerified: false }));
    await expect(errorAlert(page)).toContainText(en.social.addressTaken);
  });

  test("when the account to link belongs to another user", async ({ page, author, openBrowser }) => {
    expect(author.email).toBeTruthy();
    const github = visitor();
    await signInWith(await openBrowser(), "GitHub", github);
    await page.goto("/me/sign-in-methods");
    await page.getByRole("button", { name: "Link GitHub" }).click();
    await allow(page, github);
    await expect(errorAlert(page)).toContainText(en.errors["auth/account-already-linked"]);
    await expect(page.getByText(en.methods.last)).toBeVisible();
  });
});

test("a callback in another browser, or a repeated callback, does not sign in", async ({
  page,
  openBrowser,
}) => {
  await page.goto("/signin");
  await goTo(page, "Google");
  // Keeps the provider's redirect from the browser that started the flow.
  let callback = "";
  await page.route("**/authorize?**", async (route) => {
    const response = await route.fetch({ maxRedirects: 0 });
    callback = response.headers().location ?? "";
    await route.fulfill({ body: "kept" });
  });
  await allow(page, visitor());
  await expect(page.getByText("kept")).toBeVisible();

  const other = await openBrowser();
  for (const address of [
    callback,
    callback.replace(/state=[^&]*/, "state=made-up"),
    callback.replace("callback/google", "callback/github"),
  ]) {
    await other.goto(address);
    await expect(errorAlert(other)).toBeVisible();
  }
  await page.unroute("**/authorize?**");
  const cookies = await page.context().cookies();
  await page.goto(callback);
  await expect(page).toHaveURL("/me");

  await page.context().clearCookies();
  await page.context().addCookies(cookies);
  await page.goto(callback);
  await expect(page).toHaveURL(/\/signin\?error=/);
});

test("Auth.js exposes only the OAuth callback", async ({ request }) => {
  for (const path of [
    "signin",
    "signout",
    "session",
    "csrf",
    "providers",
    "error",
    "callback/issued-token",
  ]) {
    expect((await request.get(`/api/auth/${path}`)).status(), path).toBe(404);
    expect((await request.post(`/api/auth/${path}`)).status(), path).toBe(404);
  }
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of locales) {
    test(`the pages are accessible, ${colorScheme}, ${locale}`, async ({ openBrowser, author, context }) => {
      expect(author.email).toBeTruthy();
      const page = await openBrowser({ colorScheme, locale });
      for (const path of ["/signin?error=auth/email-already-exists", "/signup"]) {
        await page.goto(path);
        await expect(page.getByRole("button", { name: "Google" })).toBeVisible();
        expect(await findAccessibilityViolations(page), path).toEqual([]);
      }
      await page.context().addCookies(await context.cookies());
      for (const query of ["", "?linked=google", "?error=auth/account-already-linked"]) {
        await page.goto(`/me/sign-in-methods${query}`);
        await expect(page.getByRole("button", { name: "GitHub" })).toBeVisible();
        expect(await findAccessibilityViolations(page), query).toEqual([]);
      }
    });
  }
}

async function findAccessibilityViolations(page: Page): Promise<unknown[]> {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => ({ id, where: nodes.map(({ html }) => html) }));
}
