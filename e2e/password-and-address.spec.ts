import { randomInt, randomUUID } from "node:crypto";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { linkIn, mailsTo, mailTo } from "./mailbox";

// Everything that goes by way of a mail, with the mails that the app really sent.

const password = "a quiet margin";
const newPassword = "another margin";

/** Opens a browser of its own, at an address of its own. */
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
  await page.goto(linkIn(await mailTo(email, /Confirm your address/)));
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
}

test("a guest without a link is told how to get one", async ({ page }) => {
  await page.goto("/verify-email");
  await expect(page.getByText("Enter the address that you signed up with")).toBeVisible();
});

test("a newcomer confirms the address, and a second click on the link does no harm", async ({ browser }) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await signUp(page, email);
  await expect(page.getByText("is not confirmed yet")).toBeVisible();

  await confirmByMail(page, email);
  await page.goto("/me");
  await expect(page.getByText("is not confirmed yet")).toBeHidden();

  await page.goto(linkIn(await mailTo(email, /Confirm your address/)));
  await expect(page.getByRole("heading", { name: "This address is confirmed already" })).toBeVisible();
});

test("a newcomer has the link sent again, and only the newer one works", async ({ browser }) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await signUp(page, email);
  const older = linkIn(await mailTo(email, /Confirm your address/));

  await page.getByRole("button", { name: "Send the link again" }).click();
  await expect(page.getByText(/You can ask again in \d+ seconds?/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Send it again" })).toBeDisabled();
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 30_000 }).toBe(2);

  await page.goto(older);
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  await confirmByMail(page, email);
});

for (const javaScriptEnabled of [true, false]) {
  test(`somebody forgot the password (JavaScript ${javaScriptEnabled ? "on" : "off"})`, async ({
    browser,
  }) => {
    const page = await openBrowser(browser, { javaScriptEnabled });
    const other = await openBrowser(browser);
    const email = newAddress();
    await signUp(other, email);
    await confirmByMail(other, email);

    await page.goto("/articles/new");
    await page.getByRole("link", { name: "Forgot it?" }).click();
    await expect(page.getByRole("heading", { name: "Forgot your password?" })).toBeVisible();
    await page.getByLabel("Email address").fill(email);
    await page.getByRole("button", { name: "Send the link" }).click();
    await expect(page.getByRole("heading", { name: "Check your mail" })).toBeVisible();

    const link = linkIn(await mailTo(email, /Choose a new password/));
    await page.goto(link);
    await page.getByLabel("New password").fill("short");
    await page.getByRole("button", { name: "Set the password" }).click();
    await expect(page.getByText("Use at least 6 characters.")).toBeVisible();
    await page.getByLabel("New password").fill(newPassword);
    await page.getByRole("button", { name: "Set the password" }).click();

    // Signed in anew, and brought to where one was going.
    await expect(page.getByText("Sign in with the new one.")).toBeVisible();
    await page.getByLabel("Email address").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("The email address or the password is not right.")).toBeVisible();
    await page.getByLabel("Password").fill(newPassword);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL("/articles/new");

    // The other browser is out at its next click, and the link is used up.
    await other.goto("/me");
    await expect(other).toHaveURL(/\/signin/);
    await page.goto(link);
    await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
    await mailTo(email, /Your password at .* was changed/);
  });
}

test("an address without an account gets the same words", async ({ browser }) => {
  const page = await openBrowser(browser);
  const email = newAddress();
  await page.goto("/forgot-password");
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await expect(page.getByText("If there is an account with that address")).toBeVisible();
});

test("somebody changes the password, and the other browser is out", async ({ browser }) => {
  test.slow();
  const [here, there] = [await openBrowser(browser), await openBrowser(browser)];
  const email = newAddress();
  await signUp(here, email);
  await signIn(there, email, password);
  await expect(there).toHaveURL("/me");

  await here.getByRole("link", { name: "Password" }).click();
  await here.getByLabel("Current password").fill("not it at all");
  await here.getByLabel("New password").fill(newPassword);
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByText("This is not the current password.")).toBeVisible();
  await here.getByLabel("Current password").fill(password);
  await here.getByLabel("New password").fill(newPassword);
  await here.getByRole("button", { name: "Change the password" }).click();
  await expect(here.getByText("the other devices are signed out")).toBeVisible();

  await there.goto("/me");
  await expect(there).toHaveURL(/\/signin/);
  await signIn(there, email, newPassword);
  await expect(there).toHaveURL("/me");
  await mailTo(email, /Your password at .* was changed/);
});

test("somebody changes the address: confirmed at the new one, told at the old one", async ({ browser }) => {
  const page = await openBrowser(browser);
  const [before, after] = [newAddress(), newAddress()];
  await signUp(page, before);
  await page.getByRole("navigation", { name: "Your account" }).getByText("Email address").click();
  await page.getByLabel("New address").fill(after);
  await page.getByRole("button", { name: "Send the link", exact: true }).click();
  await expect(page.getByText(`${after} waits to be confirmed`)).toBeVisible();

  // Until the link is opened nothing changes.
  await page.goto("/me");
  await expect(page.getByText(before).first()).toBeVisible();

  await page.goto(linkIn(await mailTo(after, /Confirm this address/)));
  await page.getByRole("button", { name: "Confirm this address" }).click();
  await expect(page.getByRole("heading", { name: "Your address is confirmed" })).toBeVisible();
  const notice = await mailTo(before, /Your address at .* was changed/);
  // Only as much as its owner needs to know it by: the old mailbox may be somebody else's now.
  expect(notice.text).toContain(`${after.charAt(0)}•••@example.com`);

  await signIn(await openBrowser(browser), after, password);
  await page.goto("/me");
  await expect(page.getByText(after).first()).toBeVisible();

  // Whoever reads the old mailbox can undo it, and every browser is signed out.
  const owner = await openBrowser(browser);
  await owner.goto(linkIn(notice));
  await owner.getByRole("button", { name: "Undo the change" }).click();
  await expect(owner.getByRole("heading", { name: "Your address is restored" })).toBeVisible();
  await owner.getByRole("button", { name: "Mail me a link for a new password" }).click();
  await mailTo(before, /Choose a new password/);
  await page.goto("/me");
  await expect(page).toHaveURL(/\/signin/);
});

test("the page of a reset link sends no referrer, and asks nothing of a third party", async ({ browser }) => {
  const page = await openBrowser(browser);
  const foreign: string[] = [];
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "localhost") foreign.push(request.url());
  });
  const response = await page.goto("/reset-password?token=made-up&email=a%40example.com");
  expect(response?.headers()["referrer-policy"]).toBe("no-referrer");
  await expect(page.getByRole("heading", { name: "This link does not work" })).toBeVisible();
  expect(foreign).toEqual([]);
});
