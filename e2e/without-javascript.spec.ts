import { en } from "@/lib/i18n/messages/en";
import { expect, submitSignIn, test } from "./fixtures";

test.use({ javaScriptEnabled: false });

test("signing up, writing, publishing, deleting and signing out work without JavaScript", async ({
  page,
  newUser,
}) => {
  test.slow();
  await page.goto("/articles/new");
  await expect(page).toHaveURL(/\/signin\?returnTo=/);
  await page.getByRole("main").getByRole("link", { name: "Sign up" }).click();
  await page.getByLabel("Name").fill(newUser.name);
  await page.getByLabel("Email address").fill(newUser.email);
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(/at least 6 characters/);
  await expect(page.getByLabel("Name")).toHaveValue(newUser.name);
  await expect(page.getByLabel("Password")).toHaveValue("");

  await page.getByLabel("Password").fill(newUser.password);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Sign up" }).click();
  await expect(page).toHaveURL("/articles/new");

  const title = `Plain ${newUser.email}`;
  await expect(page.getByRole("button", { name: "Preview" })).toBeHidden();
  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByLabel("Text", { exact: true })).toHaveAccessibleDescription(/required/);
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await page.getByLabel("Text", { exact: true }).fill("Words.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

  await page.getByRole("button", { name: en.article.unpublish }).click();
  await expect(page.getByText("This is a draft.")).toBeVisible();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Title").fill(`${title} too`);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title} too`);

  await page.getByRole("link", { name: "Search" }).click();
  await page.getByLabel(en.search.label).fill(title);
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByRole("link", { name: `${title} too` }).click();
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: en.deletion.confirm }).click();
  await expect(page).toHaveURL("/articles");

  await page.goto("/me");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/");
  await page.goto("/signin");
  await submitSignIn(page, newUser);
  await expect(page).toHaveURL("/me");
});

// part: korean
test("language and theme work without JavaScript", async ({ page }) => {
  await page.goto("/terms");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("이용약관");
  await page.getByRole("button", { name: "어둡게" }).click();
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
});
// end of part: korean
