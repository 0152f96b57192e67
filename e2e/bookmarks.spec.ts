import type { Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { expect, signIn, test } from "./fixtures";

const main = (page: Page) => page.getByRole("main");

test("a user bookmarks an article, finds it on the dashboard and in the bookmarks, and removes it", async ({
  page,
  author,
}) => {
  test.slow();
  const title = `To read again ${author.email}`;
  const id = await author.write({ title });
  await page.goto(`/articles/${id}`);
  const button = page.getByRole("button", { name: "Bookmark" });
  await expect(button).toHaveAttribute("aria-pressed", "false");
  await button.click();
  await expect(button).toHaveAttribute("aria-pressed", "true");
  await page.reload();
  await expect(button).toHaveAttribute("aria-pressed", "true");

  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`Hello, ${author.name}`);
  await page.getByRole("link", { name: "1 bookmark" }).click();
  await expect(page).toHaveURL("/bookmarks");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
  await page.getByRole("button", { name: "Remove bookmark" }).click();
  await expect(page.getByText(en.bookmarks.emptyTitle)).toBeVisible();
});

test("removing the only bookmark of the last page leads to the page before it", async ({
  page,
  author,
  api,
  openBrowser,
  context,
}) => {
  test.slow();
  const { accessToken } = author;
  const ids: string[] = [];
  for (let number = 1; number <= 21; number++) ids.push(await author.write({ title: `Number ${number}` }));
  const bookmark = (articleId: string | undefined) =>
    api("POST", "/data/bookmarks", { body: { articleId }, accessToken });
  for (const id of ids) await bookmark(id);
  const withoutScript = await openBrowser({ javaScriptEnabled: false });
  await withoutScript.context().addCookies(await context.cookies());

  for (const browser of [page, withoutScript]) {
    await browser.goto("/bookmarks?page=2");
    await browser.getByRole("button", { name: "Remove bookmark" }).click();
    await expect(browser).toHaveURL("/bookmarks");
    await expect(main(browser).getByRole("article")).toHaveCount(20);
    await bookmark(ids[0]);
  }
});

test("a guest who bookmarks an article signs in and returns to it", async ({ author, openBrowser }) => {
  test.slow();
  const id = await author.write({ title: `여백 ${author.email}` });
  const guest = await openBrowser();
  await guest.goto(`/articles/${id}`);
  const address = guest.url();
  await guest.getByRole("link", { name: "Bookmark" }).click();
  await expect(guest).toHaveURL(/\/signin\?returnTo=/);
  await guest.getByLabel("Email address").fill(author.email);
  await guest.getByLabel("Password").fill(author.password);
  await main(guest).getByRole("button", { name: "Sign in" }).click();
  await expect(guest).toHaveURL(address);
  await expect(guest.getByRole("button", { name: "Bookmark" })).toHaveAttribute("aria-pressed", "false");
});

test("a bookmarked article that was unpublished reveals nothing", async ({
  page,
  author,
  api,
  openBrowser,
}) => {
  test.slow();
  const title = `Withdrawn ${author.email}`;
  const id = await author.write({ title });
  const reader = { name: "Reader", email: `reader-${author.email}`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...reader, method: "password" } });
  const { accessToken } = await signedUp.json();
  await api("POST", "/data/bookmarks", { body: { articleId: id }, accessToken });
  await api("PATCH", `/data/articles/${id}`, {
    body: { isPublished: false },
    accessToken: author.accessToken,
  });

  const theirs = await openBrowser();
  await signIn(theirs, reader);
  await expect(theirs).toHaveURL("/me");
  for (const path of ["/bookmarks", "/"]) {
    await theirs.goto(path);
    await expect(theirs.getByText(title)).toBeHidden();
    expect(await theirs.content()).not.toContain(title);
  }
  await theirs.goto("/bookmarks");
  await expect(theirs.getByText(en.bookmarks.hiddenOne)).toBeVisible();
  await theirs.getByRole("button", { name: "Remove bookmark" }).click();
  await expect(theirs.getByText(en.bookmarks.emptyTitle)).toBeVisible();

  // The author's dashboard lists the draft.
  await page.goto("/");
  await expect(main(page).getByRole("link", { name: title })).toHaveAttribute("href", `/articles/${id}/edit`);
});
