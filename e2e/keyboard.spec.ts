import type { Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { expect, test } from "./fixtures";

test("signing up, writing and publishing work by keyboard alone", async ({ page, newUser }) => {
  await page.goto("/signup");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: en.layout.skip })).toBeFocused();
  await page.keyboard.press("Enter");

  await tabTo(page, "Name");
  await page.keyboard.type(newUser.name);
  await tabTo(page, "Email address");
  await page.keyboard.type(newUser.email);
  await tabTo(page, "Password");
  await page.keyboard.type(newUser.password);
  await tabTo(page, "I agree to the terms of service.");
  await page.keyboard.press("Space");
  await tabTo(page, "I agree to the privacy policy.");
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/me");

  await tabTo(page, "Write an article");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/articles/new");
  await tabTo(page, "Title");
  await page.keyboard.type("By keyboard");
  await tabTo(page, "Text");
  await page.keyboard.type("Words.");
  await tabTo(page, "Publish");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("By keyboard");
});

test("focus is always visible", async ({ page }) => {
  await page.goto("/signin");
  const stops = await page.locator("a, button, input:not([type=hidden])").all();
  for (const stop of stops) {
    await stop.focus();
    const outline = await stop.evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline, String(stop)).toBe("solid");
  }
});

/** Presses Tab until an element with that name has the focus. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press("Tab");
    const label = await page.evaluate(() => {
      const element = document.activeElement;
      const words =
        element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement
          ? element.labels?.[0]?.textContent
          : element?.textContent;
      return words?.trim();
    });
    if (label === name) return;
  }
  throw new Error(`Tab does not lead to ${name}.`);
}
