import { codeOf } from "@/lib/testing/factors/totp-code";
import { findAccessibilityViolations } from "./accessibility-violations";
import { expect, submitSignIn, test } from "./fixtures";

test("a user turns on the second factor, and signs in with a code and with a backup code", async ({
  author,
  page,
  sql,
  openBrowser,
}) => {
  await page.goto("/me/second-factor");
  await page.getByLabel("Password").fill(author.password);
  await page.getByRole("button", { name: "Set up" }).click();
  await expect(page.getByRole("img", { name: "QR code for your authenticator app" })).toBeVisible();
  expect(await findAccessibilityViolations(page)).toEqual([]);
  const secret = (await page.getByRole("main").locator("code").textContent()) ?? "";
  const [backupCode = ""] = ((await page.locator("figure pre").textContent()) ?? "").split("\n");

  await page.getByLabel("Code", { exact: true }).fill(codeOf(secret));
  await page.getByRole("button", { name: "Turn on" }).click();
  await expect(page.getByRole("status")).toContainText("Two-step verification is on");
  expect(await findAccessibilityViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "I have saved them" }).click();
  await expect(page.getByRole("button", { name: "Create new codes" })).toBeVisible();
  expect(await findAccessibilityViolations(page)).toEqual([]);

  await sql(`UPDATE "SecondFactor" SET "lastStep" = 0 WHERE "userId" = $1`, author.id);
  const other = await openBrowser();
  await other.goto("/signin?returnTo=/me/profile");
  await submitSignIn(other, author);
  await expect(other.getByRole("heading", { name: "Enter your code" })).toBeVisible();
  expect(await findAccessibilityViolations(other)).toEqual([]);
  await other.getByLabel("Code").fill("000000");
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other.getByRole("alert").filter({ hasText: "This code is wrong" })).toBeVisible();
  await other.getByLabel("Code").fill(codeOf(secret));
  await other.getByRole("button", { name: "Continue" }).click();
  await expect(other).toHaveURL("/me/profile");

  const third = await openBrowser({ javaScriptEnabled: false });
  await third.goto("/signin");
  await submitSignIn(third, author);
  await third.getByRole("link", { name: "Use a backup code" }).click();
  await third.getByLabel("Backup code").fill(backupCode);
  await third.getByRole("button", { name: "Continue" }).click();
  await expect(third).toHaveURL("/me");
});
