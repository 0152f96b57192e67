import type { Locator, Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { expect, test } from "./fixtures";
import { linkIn, mailTo } from "./mailbox";

/** The section of a step on the page. */
function stepOf(page: Page, id: string): Locator {
  return page.locator(`li[aria-labelledby=${id}]`);
}

/** Runs a step, and waits for the expected status of each of its requests. */
async function run(page: Page, id: string, ...statuses: number[]): Promise<void> {
  const step = stepOf(page, id);
  await step.getByRole("button", { name: en.tutorial.requests.run, exact: true }).click();
  await expect(step.getByRole("button", { name: en.tutorial.requests.run, exact: true })).toBeVisible();
  await expect(step.locator("p > strong")).toHaveText(statuses.map(String));
}

async function answerOf(page: Page, id: string) {
  return JSON.parse(
    (await stepOf(page, id)
      .getByRole("region", { name: en.tutorial.requests.answered, exact: true })
      .last()
      .textContent()) ?? "",
  );
}

async function claim(page: Page, name: string): Promise<string> {
  const row = stepOf(page, "tokens")
    .locator("dl > div")
    .filter({ has: page.locator("dt", { hasText: name }) });
  return (await row.locator("dd > span").first().textContent()) ?? "";
}

test("a developer completes the tutorial with a generated account, and deletes it", async ({ page, api }) => {
  await page.goto("/tutorial");
  await expect(page.getByLabel("Email address")).toHaveValue(/^reader-[0-9a-f]{10}@example\.com$/);
  const email = await page.getByLabel("Email address").inputValue();
  const password = await page.getByLabel("Password").inputValue();
  await expect(stepOf(page, "tokens")).toContainText("No tokens yet");

  await run(page, "signUp", 201);
  await run(page, "signIn", 200);
  expect(await answerOf(page, "signIn")).toMatchObject({ tokenType: "Bearer", expiresIn: 3600 });

  await expect(stepOf(page, "tokens").getByRole("timer")).toHaveText(/^Expires in (60:00|59:\d\d)$/);
  expect(await claim(page, "alg")).toBe("HS256");
  expect(await claim(page, "typ")).toBe("at+jwt");
  expect(Number(await claim(page, "exp")) - Number(await claim(page, "iat"))).toBe(3600);
  await expect(stepOf(page, "tokens")).toContainText("Not refreshed yet");
  await expect(stepOf(page, "tokens")).not.toContainText(email);

  await run(page, "me", 200);
  expect(await answerOf(page, "me")).toMatchObject({ email, id: await claim(page, "sub") });

  const first = await claim(page, "jti");
  await run(page, "refresh", 200);
  await expect(stepOf(page, "tokens")).toContainText("Refreshed once");
  const second = await claim(page, "jti");
  expect(second).not.toBe(first);

  await run(page, "renew", 401, 200, 200);
  await expect(stepOf(page, "renew")).toContainText("auth/invalid-token");
  expect(await answerOf(page, "renew")).toMatchObject({ email });
  await expect(stepOf(page, "tokens")).toContainText("Refreshed 2 times");
  expect(await claim(page, "jti")).not.toBe(second);

  await run(page, "write", 201);
  const { id } = await answerOf(page, "write");
  await run(page, "read", 200);
  expect(await answerOf(page, "read")).toMatchObject({ items: [{ id }], pagination: { total: 1 } });
  await run(page, "refused", 400);
  expect(await answerOf(page, "refused")).toMatchObject({
    error: { code: "data/validation-error", details: expect.any(Array) },
  });

  await run(page, "secondFactor", 200, 200, 403, 200, 200);
  await expect(stepOf(page, "secondFactor")).toContainText("auth/mfa-required");
  // Without the second factor, the password alone signs in again.
  await run(page, "signIn", 200);

  await run(page, "magicLink", 200);
  await page.getByLabel(en.tutorial.mailLink).fill(linkIn(await mailTo(email, /sign-in link/)));
  await stepOf(page, "magicLink").getByRole("button", { name: en.tutorial.openLink }).click();
  await expect(stepOf(page, "magicLink")).toContainText('"is_new_user": true');
  await run(page, "me", 200);
  expect(await answerOf(page, "me")).toMatchObject({ email, emailVerified: true, mfaEnabled: false });

  await stepOf(page, "signOut").getByRole("button", { name: en.tutorial.requests.leave }).click();
  await expect(stepOf(page, "tokens")).toContainText("No tokens yet");
  const body = { method: "password", email, password };
  expect((await api("POST", "/auth/email/signin", { body })).status()).toBe(401);
});

test("a user completes steps with their own account, and signs out only in this tab", async ({
  page,
  api,
  newUser,
}) => {
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...newUser, method: "password" } });
  const { accessToken } = await signedUp.json();
  await page.goto("/tutorial");
  await expect(page.getByLabel("Email address")).toHaveValue(/@/);
  await page.getByLabel("Email address").fill(newUser.email);
  await page.getByLabel("Password").fill(newUser.password);

  await run(page, "signUp", 409);
  await expect(stepOf(page, "signUp")).toContainText("auth/email-already-exists");
  await run(page, "signIn", 200);
  await run(page, "me", 200);
  expect(await answerOf(page, "me")).toMatchObject({ email: newUser.email });

  await run(page, "signOut", 200);
  await run(page, "me", 401);
  await expect(stepOf(page, "me")).toContainText("auth/unauthorized");
  expect((await api("GET", "/auth/me", { accessToken })).status()).toBe(200);
});

test("rejects a wrong password, and stores no token", async ({ page }) => {
  await page.goto("/tutorial");
  await expect(page.getByLabel("Email address")).toHaveValue(/@/);
  await run(page, "signIn", 401);
  await expect(stepOf(page, "signIn")).toContainText("auth/invalid-credentials");
  await expect(stepOf(page, "tokens")).toContainText("No tokens yet");
});

test("the tokens survive a reload, stay in the tab, and do not sign in to the site", async ({
  page,
  context,
}) => {
  await page.goto("/tutorial");
  await expect(page.getByLabel("Email address")).toHaveValue(/@/);
  await run(page, "signUp", 201);
  await page.reload();
  await expect(stepOf(page, "tokens").getByRole("timer")).toBeVisible();
  await expect(page.getByRole("navigation", { name: "Site" })).toContainText("Sign in");
  expect(await context.cookies()).toEqual([]);

  const another = await context.newPage();
  await another.goto("/tutorial");
  await expect(stepOf(another, "tokens")).toContainText("No tokens yet");
  await stepOf(page, "signOut").getByRole("button", { name: en.tutorial.requests.leave }).click();
  await expect(stepOf(page, "tokens")).toContainText("No tokens yet");
});

test("removes the tokens when the session has ended elsewhere and the refresh is rejected", async ({
  page,
  api,
}) => {
  await page.goto("/tutorial");
  await expect(page.getByLabel("Email address")).toHaveValue(/@/);
  await run(page, "signUp", 201);
  const { accessToken } = await answerOf(page, "signUp");
  await api("POST", "/auth/signout", { accessToken });

  await run(page, "me", 401, 401);
  await expect(stepOf(page, "me")).toContainText("auth/invalid-refresh-token");
  await expect(stepOf(page, "tokens")).toContainText("No tokens yet");
});

// part: korean
test("works in Korean", async ({ openBrowser }) => {
  const page = await openBrowser({ locale: "ko" });
  await page.goto("/tutorial");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("손님에서 글쓴이까지");
  await stepOf(page, "me").getByRole("button", { name: "해 보기" }).click();
  await expect(stepOf(page, "me")).toContainText("로그인");
});
// end of part: korean

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the steps and their requests can be read", async ({ page }) => {
    await page.goto("/tutorial");
    await expect(page.getByText(en.tutorial.noScript)).toBeVisible();
    await expect(page.getByRole("button", { name: en.tutorial.requests.run, exact: true })).toHaveCount(0);
    await expect(stepOf(page, "signIn")).toContainText("curl $API/v1/auth/email/signin");
    await expect(stepOf(page, "signIn")).toContainText("await tokens.set(pair)");
  });
});
