import { expect, test } from "./fixtures";

test("the browser's language is spoken, and one click changes it for good", async ({ openBrowser }) => {
  const page = await openBrowser({ locale: "ko-KR" });
  await page.goto("/signin");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("로그인");

  await page.getByLabel("이메일 주소").fill("nobody");
  await page.getByRole("main").getByRole("button", { name: "로그인" }).click();
  await expect(page.getByLabel("이메일 주소")).toHaveAccessibleDescription(/이메일 주소를 입력해 주세요/);

  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a Korean page has no English sentence left", async ({ openBrowser, author: _, context }) => {
  const page = await openBrowser({ locale: "ko-KR" });
  await page.context().addCookies(await context.cookies());
  for (const path of [
    "/articles",
    "/articles/new",
    "/me",
    "/me/profile",
    "/me/password",
    "/me/address",
    "/me/sessions",
    "/me/data",
    "/search?search=zzz",
    "/goodbye",
    "/terms",
    "/privacy",
    "/nothing",
  ]) {
    await page.goto(path);
    const english = (await page.locator("body").innerText()).match(/[A-Za-z]+ [a-z]+/g);
    expect(english, path).toBeNull();
  }
  await page.context().clearCookies();
  for (const path of ["/signup", "/signin", "/forgot-password"]) {
    await page.goto(path);
    await page.getByRole("main").locator("button[type=submit]").first().click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    const english = (await page.locator("body").innerText()).match(/[A-Za-z]+ [a-z]+/g);
    expect(english, path).toBeNull();
  }
});

test("an article is set in the language it is written in", async ({ page, author }) => {
  const id = await author.write({ title: "여백", content: "비워 둔 자리가 글에 무게를 줘요." });
  await page.goto(`/articles/${id}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "ko");
});

test("the theme follows the system until one is chosen, and is there in the first byte", async ({
  openBrowser,
}) => {
  const page = await openBrowser({ colorScheme: "dark" });
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.goto("/");
  expect(await paper()).toBe("rgb(21, 21, 19)");

  await page.getByRole("button", { name: "Light" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "light");
  expect(await paper()).toBe("rgb(251, 250, 247)");

  const html = await (await page.goto("/"))?.text();
  expect(html).toContain('<html lang="en" data-theme="light">');
  expect(html).toContain('<meta name="theme-color" content="#fbfaf7"/>');
});
