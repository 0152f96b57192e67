import { randomUUID } from "node:crypto";
import { en } from "@/lib/i18n/messages/en";
import { expect, test } from "./fixtures";
import { linkIn, mailsTo, mailTo } from "./mailbox";

test("a new user signs up by an emailed link on a phone, and it also signs in on another device", async ({
  openBrowser,
}) => {
  const email = `${randomUUID()}@example.com`;
  const phone = await openBrowser({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  await phone.goto("/");
  await phone.getByRole("link", { name: "Sign up" }).click();
  await phone.getByRole("link", { name: "Email me a sign-in link" }).click();
  await expect(phone).toHaveURL(/magic-link/);
  await phone.getByLabel("Email address").fill(email);
  await phone.getByRole("button", { name: "Email me a link" }).click();
  await expect(phone.getByRole("main")).toContainText(email);

  await phone.goto(linkIn(await mailTo(email, /sign-in link/)));
  await expect(phone.getByText("another device")).toHaveCount(0);
  await phone.getByRole("button", { name: "Create account" }).click();
  await expect(phone).toHaveURL("/me");
  await expect(phone.getByRole("heading", { level: 1 })).toHaveText(email.split("@")[0] ?? "");

  await phone.getByRole("button", { name: "Sign out" }).click();
  await expect(phone).toHaveURL("/");
  await phone.goto("/signin");
  await phone.getByRole("link", { name: "Email me a sign-in link" }).click();
  await expect(phone).toHaveURL(/magic-link/);
  await phone.getByLabel("Email address").fill(email);
  await phone.getByRole("button", { name: "Email me a link" }).click();
  await expect(phone).toHaveURL(/sent/);
  await expect.poll(async () => (await mailsTo(email)).length, { timeout: 30_000 }).toBe(2);
  const desktop = await openBrowser({ javaScriptEnabled: false });
  await desktop.goto(linkIn(await mailTo(email, /sign-in link/)));
  await expect(desktop.getByRole("main")).toContainText("another device");
  await desktop.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(desktop).toHaveURL("/me");
});

test("an admin invites a user, who signs up with the invited address and role", async ({
  author,
  page: adminPage,
  adminApi,
  openBrowser,
}) => {
  const email = `${randomUUID()}@example.com`;
  await adminApi("PATCH", `/users/${author.id}/role`, { role: "admin" });
  await adminPage.goto("/admin/invitations");
  await adminPage.getByLabel("Email address").fill(email);
  await adminPage.getByLabel("Name").fill("김민지");
  await adminPage.getByLabel("Role").selectOption("Guest");
  await adminPage.getByRole("button", { name: "Send the invitation" }).click();
  await expect(adminPage.getByText(en.admin.invitations.done.invited)).toBeVisible();
  const page = await openBrowser();
  await page.goto(linkIn(await mailTo(email, /invited/)));
  await expect(page.getByRole("main")).toContainText(email);
  await expect(page.getByLabel("Name")).toHaveValue("김민지");
  await page.getByLabel("Password").fill("abc123");
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL("/me");
  await expect(page.getByRole("main")).toContainText("Guest");
  await adminPage.reload();
  await expect(adminPage.getByRole("listitem").filter({ hasText: email })).toContainText("Accepted");
});
