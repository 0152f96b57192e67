import { randomInt, randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { linkIn, mailsTo, mailTo } from "./mailbox";

// Flows with emailed links, with the emails that the app sent.

const password = "a quiet margin";
const newPassword = "another margin";

/** Opens a separate browser with its own client address. */
async function openBrowser(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Page> {
  const octet = () => randomInt(1, 255);
  const context = await browser.newContext({
    ...options,
    locale: "en",
    extraHTTPHeaders: { "X-Forwarded-For": `10.${octet()}.${octet()}.${octet()}` },
  });
  return context.newPage();
}

function newAddress(): string {
  return `${randomUUID()}@example.com`;
}

async function signUp(page: Page, email: string) {
  await page.goto("/signup");
  await page.getByLabel("Name").fill("Newcomer");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL("/me");
}

async function signIn(page: Page, email: string, word: string) {
  await page.goto("/signin");
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(word);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function confirmByMail(page: Page, email: string) {
  await page.goto(linkIn(await mailTo(email, "verify-sign-up")));
  await expect(page.getByRole("heading", { name: en.verifyEmail.verifiedTitle })).toBeVisible();
}

test("shows a guest without a link how to get one", async ({ page }) => {
  await page.goto("/verify-email");
  await expect(page.getByText(en.verifyEmail.whichAddress)).toBeVisible();
});

test("confirms the email address of a new user, and accepts a second click on the link", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await signUp(page, email);
  await expect(page.getByText("is not confirmed yet")).toBeVisible();

  const otherTab = await page.context().newPage();
  await confirmByMail(otherTab, email);
  await page.getByRole("button", { name: en.unverified.resend }).click();
  await expect(page.getByText(en.errors["auth/already-verified"])).toBeVisible();
  await page.goto("/me");
  await expect(page.getByText("is not confirmed yet")).toBeHidden();

  await page.goto(linkIn(await mailTo(email, "verify-sign-up")));
  await expect(page.getByRole("heading", { name: en.verifyEmail.alreadyTitle })).toBeVisible();
});

test("resends the link, and the previous one stops working", async ({ browser }) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await signUp(page, email);
  const older = linkIn(await mailTo(email, "verify-sign-up"));

  await page.getByRole("button", { name: en.unverified.resend }).click();
  await expect(page.getByText(/You can resend the email in \d+ seconds?/)).toBeVisible();
  await expect(page.getByRole("button", { name: en.verifyEmail.resend })).toBeDisabled();
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 30_000 }).toBe(2);

  await page.goto(older);
  await expect(page.getByRole("heading", { name: en.verifyEmail.invalidTitle })).toBeVisible();
  await confirmByMail(page, email);
});

for (const javaScriptEnabled of [true, false]) {
  test(`resets a forgotten password (JavaScript ${javaScriptEnabled ? "on" : "off"})`, async ({
    browser,
  }) => {
    const page = await openBrowser(browser, { javaScriptEnabled });
    const other = await openBrowser(browser);
    const email = newAddress();
    await signUp(other, email);
    await confirmByMail(other, email);

    await page.goto("/articles/new");
    await page.getByRole("link", { name: en.security.forgot }).click();
    await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
    await page.getByLabel("Email address").fill(email);
    await page.getByRole("button", { name: en.forgotPassword.submit }).click();
    await expect(page.getByRole("heading", { name: en.forgotPassword.sentTitle })).toBeVisible();
    const back = page.getByRole("link", { name: en.forgotPassword.back });
    await expect(back).toHaveAttribute("href", "/signin?returnTo=%2Farticles%2Fnew");

    const link = linkIn(await mailTo(email, "reset-password"));
    await page.goto(link);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: en.resetPassword.submit }).click();
    await expect(page.getByText("Use at least 6 characters.")).toBeVisible();
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: en.resetPassword.submit }).click();

    // Only the new password signs in, and leads to the page requested at first.
    await expect(page.getByText("Sign in with the new one.")).toBeVisible();
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText(en.errors["auth/invalid-credentials"])).toBeVisible();
    await page.getByLabel("Password").fill(newPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/articles/new");

    // The other browser is signed out at its next request, and the link no longer works.
    await other.goto("/me");
    await expect(other).toHaveURL(/\/signin/);
    await page.goto(link);
    await expect(page.getByRole("heading", { name: en.resetPassword.invalidTitle })).toBeVisible();
    await mailTo(email, "password-changed");
  });
}

test("shows the same message for an email address without an account", async ({ browser }) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: en.forgotPassword.submit }).click();
  await expect(page.getByText(en.forgotPassword.sent)).toBeVisible();
});

test("changes the password, which signs out the other browser", async ({ browser }) => {
  test.slow();
  const [here, there] = [await openBrowser(browser), await openBrowser(browser)];
  const email = newAddress();
  await signUp(here, email);
  await signIn(there, email, password);
  await expect(there).toHaveURL("/me");

  await here.getByRole("link", { name: "Password" }).click();
  await here.getByLabel("Current password").fill("not it at all");
  await here.getByLabel("New password").fill(newPassword);
  await here.getByRole("button", { name: en.security.changePassword }).click();
  await expect(here.getByText(en.validation.wrongPassword)).toBeVisible();
  await here.getByLabel("Current password").fill(password);
  await here.getByLabel("New password").fill(newPassword);
  await here.getByRole("button", { name: en.security.changePassword }).click();
  await expect(here.getByText(en.security.passwordChanged)).toBeVisible();

  await there.goto("/me");
  await expect(there).toHaveURL(/\/signin/);
  await signIn(there, email, newPassword);
  await expect(there).toHaveURL("/me");
  await mailTo(email, "password-changed");
});

test("changes the email address: confirmed at the new one, with a notice to the old one", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  const [before, after] = [newAddress(), newAddress()];
  await signUp(page, before);
  await confirmByMail(page, before);
  await page.goto("/me");
  await page.getByRole("navigation", { name: en.settings.navigation }).getByText("Email address").click();
  await page.getByLabel(en.security.newAddress).fill(after);
  await page.getByRole("button", { name: en.security.changeAddress, exact: true }).click();
  await expect(page.getByText(`${after} is not confirmed yet`)).toBeVisible();

  // Nothing changes until the link is opened.
  await page.goto("/me");
  await expect(page.getByText(before).first()).toBeVisible();

  await page.goto(linkIn(await mailTo(after, "verify-new-address")));
  await page.getByRole("button", { name: en.verifyEmail.confirm }).click();
  await expect(page.getByRole("heading", { name: en.verifyEmail.verifiedTitle })).toBeVisible();
  const notice = await mailTo(before, "address-changed");
  // The new address is masked: the old mailbox may belong to another person now.
  expect(notice.text).toContain(`${after.charAt(0)}•••@example.com`);

  await signIn(await openBrowser(browser), after, password);
  await page.goto("/me");
  await expect(page.getByText(after).first()).toBeVisible();

  // The owner of the old mailbox can undo it, which signs out every browser.
  const owner = await openBrowser(browser);
  await owner.goto(linkIn(notice));
  await owner.getByRole("button", { name: en.undoAddress.submit }).click();
  await expect(owner.getByRole("heading", { name: en.undoAddress.doneTitle })).toBeVisible();
  await owner.getByRole("button", { name: en.undoAddress.mailLink }).click();
  await mailTo(before, "reset-password");
  await page.goto("/me");
  await expect(page).toHaveURL(/\/signin/);
});

test("the page of a reset link sends no referrer and no request to a third party", async ({ browser }) => {
  const page = await openBrowser(browser);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "localhost") foreign.push(request.url());
  });
  const response = await page.goto("/reset-password?token=made-up&email=a%40example.com");
  expect(response?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(page.getByRole("heading", { name: en.undoAddress.invalidTitle })).toBeVisible();
  expect(foreign).toEqual([]);
});
