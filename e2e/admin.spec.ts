import { en } from "@/lib/i18n/messages/en";
import { findAccessibilityViolations } from "./accessibility-violations";
import { expect, signIn, test } from "./fixtures";

test("an admin finds and bans a spammer, unpublishes an article, and sees both in the audit log", async ({
  page,
  author,
  openBrowser,
  api,
  sql,
}) => {
  test.slow();
  const title = `Cheap watches ${author.id}`;
  const article = await author.write({ title });
  const boss = { name: "Boss", email: `boss-${author.email}`, password: "abc123" };
  await api("POST", "/auth/email/signup", { body: { ...boss, method: "password" } });
  await sql(`UPDATE "User" SET role = 'admin' WHERE email = $1`, boss.email);

  const admin = await openBrowser();
  await signIn(admin, boss);
  await admin.getByRole("link", { name: "Admin area" }).click();
  await expect(admin.getByRole("heading", { name: "Admin", level: 1 })).toBeVisible();
  expect(await findAccessibilityViolations(admin)).toEqual([]);

  const pages = admin.getByRole("navigation", { name: "Admin" });
  await pages.getByRole("link", { name: "Articles" }).click();
  await admin.getByLabel(en.admin.articles.search).fill(title);
  await admin.getByRole("button", { name: "Show" }).click();
  await admin.getByRole("link", { name: title }).click();
  await admin.getByLabel("Reason").fill("Advertising.");
  expect(await findAccessibilityViolations(admin)).toEqual([]);
  await admin.getByRole("button", { name: en.admin.articles.unpublish }).click();
  await expect(admin.getByText(en.admin.articles.done.unpublished)).toBeVisible();
  expect((await api("GET", `/data/articles/${article}`)).status()).toBe(404);

  await pages.getByRole("link", { name: "People" }).click();
  await admin.getByLabel("Search by name").fill(author.email);
  await admin.getByRole("button", { name: "Show" }).click();
  await expect(admin.getByText("2 accounts")).toBeVisible();
  expect(await findAccessibilityViolations(admin)).toEqual([]);
  await admin.getByRole("link", { name: author.name, exact: true }).click();
  await admin.getByLabel("Reason").fill("Advertising.");
  expect(await findAccessibilityViolations(admin)).toEqual([]);
  await admin.getByRole("button", { name: en.admin.person.ban }).click();
  await expect(admin.getByText(en.admin.person.done.banned)).toBeVisible();
  await page.goto("/me");
  await expect(page).toHaveURL(/\/signin/);

  await admin.getByRole("link", { name: en.admin.person.log }).click();
  await expect(admin.getByText(`Boss banned ${author.name}`)).toBeVisible();
  await expect(admin.getByText("Reason: Advertising.")).toBeVisible();
  expect(await findAccessibilityViolations(admin)).toEqual([]);
  await admin.getByRole("link", { name: "Show all" }).click();
  await expect(admin.getByRole("link", { name: title })).toBeVisible();
});

test("keeps the chosen role when the form has an error", async ({ page, author, adminApi }) => {
  await adminApi("PATCH", `/users/${author.id}/role`, { role: "admin" });
  await page.goto("/admin/invitations");
  await page.getByLabel("Email address").fill("mistyped");
  await page.getByLabel("Role").selectOption("Guest");
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByLabel("Email address")).toBeFocused();
  await expect(page.getByLabel("Role")).toHaveValue("guest");

  const email = `guest-${author.email}`;
  await page.getByLabel("Email address").fill(email);
  await page.getByRole("button", { name: "Send the invitation" }).click();
  await expect(page.getByText(en.admin.invitations.done.invited)).toBeVisible();
  await expect(page.getByRole("listitem").filter({ hasText: email })).toContainText(en.me.roles.guest);
});

test("a filter follows the URL", async ({ page, author, adminApi }) => {
  await adminApi("PATCH", `/users/${author.id}/role`, { role: "admin" });
  await page.goto("/admin/people?role=admin");
  const role = page.getByLabel(en.admin.people.role);
  await expect(role).toHaveValue("admin");
  await page.getByRole("navigation", { name: "Admin" }).getByRole("link", { name: "People" }).click();
  await expect(page).toHaveURL("/admin/people");
  await expect(role).toHaveValue("");
  await page.goBack();
  await expect(role).toHaveValue("admin");
});
