import { en } from "@/lib/i18n/messages/en";
import { expect, signIn, submitSignIn, test } from "./fixtures";

test("a new user signs up, signs out and signs in again", async ({ page, newUser }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Name").fill(newUser.name);
  await page.getByLabel("Email address").fill(newUser.email);
  await page.getByLabel("Password").fill(newUser.password);
  await page.getByLabel("I agree to the terms of service").check();
  await page.getByLabel("I agree to the privacy policy").check();
  await page.getByRole("button", { name: "Sign up" }).click();

  await expect(page).toHaveURL("/me");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(newUser.name);
  await expect(page.getByRole("link", { name: `Account: ${newUser.name}` })).toBeVisible();

  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();

  await signIn(page, newUser);
  await expect(page).toHaveURL("/me");
});

test("shows errors at their fields and keeps the input", async ({ page, newUser }) => {
  await page.goto("/signup");
  await page.getByLabel("Name").fill(newUser.name);
  await page.getByLabel("Email address").fill("not-an-address");
  await page.getByLabel("Password").fill("abc");
  await page.getByLabel("I agree to the terms of service").check();
  await page.getByRole("button", { name: "Sign up" }).click();

  const email = page.getByLabel("Email address");
  await expect(email).toHaveAccessibleDescription(/Enter an email address/);
  await expect(email).toHaveAttribute("aria-invalid", "true");
  await expect(email).toBeFocused();
  await expect(email).toHaveValue("not-an-address");
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/at least 6 characters/);
  await expect(page.getByLabel("Password")).toHaveValue("");
  await expect(page.getByLabel("Name")).toHaveValue(newUser.name);
  await expect(page.getByLabel("I agree to the terms of service")).toBeChecked();
  await expect(page.getByLabel("I agree to the privacy policy")).toHaveAccessibleDescription(/agree to this/);
});

test("shows an error at the field for an email address with an account", async ({ author, openBrowser }) => {
  const page = await openBrowser();
  await page.goto("/signup");
  await page.getByLabel("Name").fill("Another");
  await page.getByLabel("Email address").fill(author.email.toUpperCase());
  await page.getByLabel("Password").fill("abc123");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Email address")).toHaveAccessibleDescription(/already registered/);
});

test("shows the same error for a wrong password and an unknown address", async ({ author, openBrowser }) => {
  const page = await openBrowser();
  const invalidCredentials = en.errors["auth/invalid-credentials"];
  await signIn(page, { email: author.email, password: "not it" });
  await expect(page.getByRole("alert").filter({ hasText: invalidCredentials })).toBeFocused();
  await expect(page.getByLabel("Email address")).toHaveValue(author.email);

  await signIn(page, { email: "unknown@example.com", password: "not it" });
  await expect(page.getByRole("alert").filter({ hasText: invalidCredentials })).toBeVisible();
});

test("a double click signs up only once", async ({ page, newUser }) => {
  await page.goto("/signup");
  await page.getByLabel("Name").fill(newUser.name);
  await page.getByLabel("Email address").fill(newUser.email);
  await page.getByLabel("Password").fill(newUser.password);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Sign up" }).dblclick();
  await expect(page).toHaveURL("/me");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(newUser.name);
});

test("a protected page redirects to sign-in and back to the page", async ({ author, openBrowser }) => {
  const id = await author.write({ title: "To be edited" });
  const page = await openBrowser();
  await page.goto(`/articles/${id}/edit`);
  await expect(page).toHaveURL(/\/signin\?returnTo=/);
  await submitSignIn(page, author);
  await expect(page).toHaveURL(`/articles/${id}/edit`);
});

for (const elsewhere of [
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
]) {
  test(`sign-in does not redirect to ${elsewhere}`, async ({ author, openBrowser }) => {
    const page = await openBrowser();
    await page.goto(`/signin?${new URLSearchParams({ returnTo: elsewhere })}`);
    await submitSignIn(page, author);
    await expect(page).toHaveURL("/me");
  });
}

test("a session that was ended elsewhere is signed out at the next request, also in the header", async ({
  page,
  author,
  api,
}) => {
  await page.goto("/");
  await expect(page.getByRole("link", { name: `Account: ${author.name}` })).toBeVisible();
  const other = await api("POST", "/auth/email/signin", {
    body: { method: "password", email: author.email, password: author.password },
  });
  const { accessToken } = await other.json();
  const changed = await api("POST", "/auth/password/change", {
    body: { currentPassword: author.password, newPassword: "another one" },
    accessToken,
  });
  expect(changed.status()).toBe(200);

  await page.getByRole("link", { name: "Write", exact: true }).click();
  await expect(page).toHaveURL(/\/signin/);
  await expect(
    page.getByRole("navigation", { name: "Site" }).getByRole("link", { name: "Sign in" }),
  ).toBeVisible();
});

test("signing in again replaces the session of the browser", async ({ page, author, context }) => {
  const cookieOf = async () =>
    (await context.cookies()).find(({ name }) => name.includes("session-token"))?.value ?? "";
  const before = await cookieOf();
  await page.goto("/me");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await signIn(page, author);
  await expect(page).toHaveURL("/me");
  expect(await cookieOf()).not.toBe(before);

  // The old cookie no longer works.
  const [current] = (await context.cookies()).filter(({ name }) => name.includes("session-token"));
  if (!current) throw new Error("There is no session cookie.");
  await context.addCookies([{ ...current, value: before }]);
  await page.goto("/me");
  await expect(page).toHaveURL(/\/signin/);
});
