import type { Page } from "@playwright/test";
import { expect, signIn, submitSignIn, test } from "./fixtures";
import { mailTo } from "./mailbox";

test("uses the browser's language, and keeps the language that the user chooses", async ({ openBrowser }) => {
  const page = await openBrowser({ locale: "ko-KR" });
  await page.goto("/signin");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("로그인");

  await page.getByLabel("이메일 주소").fill("not-an-address");
  await page.getByRole("main").getByRole("button", { name: "로그인" }).click();
  await expect(page.getByLabel("이메일 주소")).toHaveAccessibleDescription(/이메일 주소를 입력해 주세요/);

  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("the chosen language applies wherever the user signs in, and to their emails", async ({
  page,
  author,
  openBrowser,
}) => {
  test.slow();
  await page.goto("/me");
  await page.getByRole("button", { name: "한국어" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");

  const another = await openBrowser();
  await signIn(another, author);
  await expect(another).toHaveURL("/me");
  await expect(another.locator("html")).toHaveAttribute("lang", "ko");
  await another.getByRole("button", { name: "링크 다시 받기" }).click();
  await mailTo(author.email, /이메일 주소를 확인해 주세요/);

  // A language chosen in a browser takes precedence there.
  const third = await openBrowser({ locale: "ko-KR" });
  await third.goto("/signin");
  await third.getByRole("button", { name: "English" }).click();
  await expect(third.locator("html")).toHaveAttribute("lang", "en");
  await submitSignIn(third, author);
  await expect(third).toHaveURL("/me");
  await expect(third.locator("html")).toHaveAttribute("lang", "en");
});

test("a language that was not chosen is not saved to the account", async ({ author, openBrowser }) => {
  const page = await openBrowser({ locale: "ko-KR" });
  await page.goto("/signin");
  await page.getByLabel("이메일 주소").fill(author.email);
  await page.getByLabel("비밀번호").fill(author.password);
  await page.getByRole("main").getByRole("button", { name: "로그인" }).click();
  await expect(page).toHaveURL("/me");
  await expect(page.locator("html")).toHaveAttribute("lang", "ko");
});

test("a Korean page contains no English sentence", async ({ openBrowser, author: _, context }) => {
  test.slow();
  const page = await openBrowser({ locale: "ko-KR" });
  await page.context().addCookies(await context.cookies());
  for (const path of [
    "/bookmarks", // part: bookmarks
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
    expect(await englishOn(page), path).toBeNull();
  }
  await page.context().clearCookies();
  for (const path of ["/signup", "/signin", "/forgot-password"]) {
    await page.goto(path);
    await page.getByRole("main").locator("button[type=submit]").first().click();
    await expect(page.locator("[aria-invalid=true]").first()).toBeVisible();
    expect(await englishOn(page), path).toBeNull();
  }
});

test("an article is marked with the language of its text", async ({ page, author }) => {
  const category = `만드는 이야기 ${author.id.slice(-8)}`;
  const id = await author.write({ title: "여백", content: "비워 둔 자리가 글에 무게를 줘요.", category });
  await page.goto(`/articles/${id}`);
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(page.getByRole("heading", { level: 1 })).toHaveAttribute("lang", "ko");
  await expect(page.getByRole("link", { name: category })).toHaveAttribute("lang", "ko");
  await page.goto(`/users/${author.id}`);
  await expect(page.getByRole("link", { name: category })).toHaveAttribute("lang", "ko");
});

/** @returns the English text on the page. */
async function englishOn(page: Page): Promise<RegExpMatchArray | null> {
  const [shown = ""] = await page.locator("body").allInnerTexts();
  return shown.match(/[A-Za-z]+ [a-z]+/g);
}
