import { expect, test } from "./fixtures";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("somebody fills in the profile, and takes a part of it away again", async ({ page, author: _ }) => {
      await page.getByRole("navigation", { name: "Your account" }).getByText("Profile").click();
      await expect(page.getByRole("link", { name: "Profile" })).toHaveAttribute("aria-current", "page");
      await page.getByLabel("Name", { exact: true }).fill("새 이름");
      await page.getByLabel("Nickname").fill("별명");
      await page.getByLabel("About you").fill("쓰는 사람\n두 번째 줄");
      await page.getByLabel("GitHub").fill("github.com/somebody");
      await page.getByRole("button", { name: "Save" }).click();

      await expect(page.getByLabel("GitHub")).toHaveAccessibleDescription(/begins with https/);
      await expect(page.getByLabel("GitHub")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("About you")).toHaveValue("쓰는 사람\n두 번째 줄");
      await page.getByLabel("GitHub").fill("https://github.com/somebody");
      await page.getByRole("button", { name: "Save" }).click();

      await expect(page.getByText("Your profile is saved.")).toBeVisible();
      await expect(page.getByRole("link", { name: "You: 새 이름" })).toBeVisible();
      await expect(page.getByLabel("Nickname")).toHaveValue("별명");
      await expect(page.getByLabel("About you")).toHaveValue("쓰는 사람\n두 번째 줄");
      await expect(page.getByLabel("GitHub")).toHaveValue("https://github.com/somebody");

      await page.getByLabel("Nickname").fill("");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByLabel("Nickname")).toHaveValue("");
      await expect(page.getByLabel("GitHub")).toHaveValue("https://github.com/somebody");
    });
  });
}

test("the sentences about oneself are counted while they are written", async ({ page, author: _ }) => {
  await page.goto("/me/profile");
  await expect(page.getByText("0 / 500")).toBeVisible();
  await page.getByLabel("About you").fill("글을 써요 🙂");
  await expect(page.getByText("7 / 500")).toBeVisible();
  await page.getByLabel("About you").fill("글".repeat(501));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("About you")).toHaveAccessibleDescription(/at most 500 characters/);
});
