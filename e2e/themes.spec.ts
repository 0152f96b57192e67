import { site } from "../lib/config/site";
import { expect, test } from "./fixtures";

test("the theme follows the system until the user chooses one, and is part of the server's HTML", async ({
  openBrowser,
}) => {
  const page = await openBrowser({ colorScheme: "dark" });
  const { light, dark } = site.colors.paper;
  await page.goto("/");
  await expect(page.locator("body")).toHaveCSS("background-color", rgbOf(dark));

  await page.getByRole("button", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  await expect(page.locator("body")).toHaveCSS("background-color", rgbOf(light));

  const html = await (await page.goto("/"))?.text();
  expect(html).toContain('<html lang="en" data-theme="light">');
  expect(html).toContain(`<meta name="theme-color" content="${light}"/>`);
});

/** `#fbfaf7` is rgb(251, 250, 247). */
function rgbOf(colour: string): string {
  const parts = colour.match(/[0-9a-f]{2}/g) ?? [];
  return `rgb(${parts.map((part) => Number.parseInt(part, 16)).join(", ")})`;
}
