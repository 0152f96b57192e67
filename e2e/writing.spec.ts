import { en } from "@/lib/i18n/messages/en";
import { expect, test } from "./fixtures";

test("an author writes, publishes, edits and deletes an article; a guest reads it", async ({
  page,
  author,
  openBrowser,
}) => {
  test.slow();
  const title = `A quiet page ${author.email}`;
  await page.goto("/me");
  await page.getByRole("main").getByRole("link", { name: "Write an article" }).click();
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text", { exact: true }).fill("## Why\n\nSome **bold** words, 그리고 **'한글'**도.");
  await page.getByLabel("Category").fill("Journeys");
  await page.getByRole("button", { name: "Save as draft" }).click();

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText("This is a draft.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Why" })).toBeVisible();
  await expect(page.locator("strong", { hasText: "'한글'" })).toBeVisible();
  const address = page.url();

  const guest = await openBrowser();
  await guest.goto(address);
  await expect(guest.getByRole("heading", { name: en.notFound.title })).toBeVisible();

  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText("This is a draft.")).toBeHidden();
  await guest.goto(`/search?${new URLSearchParams({ search: title })}`);
  await guest.getByRole("link", { name: title }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(guest.getByRole("link", { name: "Edit", exact: true })).toBeHidden();

  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Title").fill(`${title}, again`);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title}, again`);

  await page.getByRole("button", { name: en.article.unpublish }).click();
  await expect(page.getByText("This is a draft.")).toBeVisible();
  expect((await guest.goto(address))?.status()).toBe(404);

  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("link", { name: en.deletion.cancel }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(`${title}, again`);
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: en.deletion.confirm }).click();
  await expect(page).toHaveURL("/articles");
  expect((await page.goto(address))?.status()).toBe(404);
});

test("an article that is published directly appears on the home page", async ({ page, author }) => {
  const title = `At once ${author.email}`;
  await page.goto("/articles/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text", { exact: true }).fill("Words.");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.goto("/");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});

test("shows errors at their fields and keeps the input", async ({ page, author: _ }) => {
  await page.goto("/articles/new");
  await page.getByLabel("Text", { exact: true }).fill("Long thoughts.");
  await page.getByLabel(en.editor.coverImage).fill("http://example.com/a.jpg");
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByLabel("Title")).toBeFocused();
  await expect(page.getByLabel("Title")).toHaveAccessibleDescription(/required/);
  await expect(page.getByLabel(en.editor.coverImage)).toHaveAccessibleDescription(/https:\/\//);
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("Long thoughts.");
});

test("keeps the text when the server cannot be reached", async ({ page, context, author: _ }) => {
  await page.goto("/articles/new");
  await page.getByLabel("Title").fill("Offline");
  await page.getByLabel("Text", { exact: true }).fill("Written on a train.");
  await context.setOffline(true);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "could not be reached" })).toBeVisible();
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("Written on a train.");

  await context.setOffline(false);
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Offline");
});

test("keeps the text when the session has ended", async ({ page, author, api }) => {
  await page.goto("/articles/new");
  await page.getByLabel("Title").fill("Too late");
  await page.getByLabel("Text", { exact: true }).fill("Still here.");
  const other = await api("POST", "/auth/email/signin", {
    body: { method: "password", email: author.email, password: author.password },
  });
  const { accessToken } = await other.json();
  await api("POST", "/auth/password/change", {
    body: { currentPassword: author.password, newPassword: "another one" },
    accessToken,
  });

  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByRole("alert").filter({ hasText: en.errors["auth/unauthorized"] })).toBeVisible();
  await expect(page.getByLabel("Text", { exact: true })).toHaveValue("Still here.");
});

test("searches, filters and pages the author's articles", async ({ page, author }) => {
  for (let number = 1; number <= 21; number++) {
    await author.write({ title: `Number ${number}`, isPublished: number % 2 === 0 });
  }
  await page.goto("/articles");
  await expect(page.getByRole("main").getByRole("heading", { level: 2 })).toHaveCount(20);
  await expect(page.getByText("Page 1 of 2")).toBeVisible();
  await page.getByRole("link", { name: "Older" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Number 1"]);

  await page.getByRole("link", { name: "Drafts" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(11);
  await page.getByLabel(en.articles.search).fill("number 2");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Number 21"]);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(11);
  await expect(page.getByLabel(en.articles.search)).toHaveValue("");
  await page.getByLabel(en.articles.search).fill("nothing like it");
  await page.getByRole("button", { name: "Search" }).click();
  await expect(page.getByText(en.articles.nothingFound)).toBeVisible();
});

test("hides drafts from others: by URL, in search and in lists", async ({ author, openBrowser, api }) => {
  const title = `Secret ${author.email}`;
  const id = await author.write({ title, isPublished: false });
  const stranger = await openBrowser();
  for (const page of ["", "/edit", "/delete"]) {
    await stranger.goto(`/articles/${id}${page}`);
    await expect(stranger.getByText(title)).toBeHidden();
  }
  await stranger.goto("/");
  await expect(stranger.getByText(title)).toBeHidden();
  await stranger.goto(`/search?${new URLSearchParams({ search: title })}`);
  await expect(stranger.getByText("No results")).toBeVisible();
  expect((await api("GET", `/data/articles/${id}`)).status()).toBe(404);
});

for (const address of [
  "/?page=0",
  "/?page=99999",
  "/?page=1e9",
  "/search?search=a&page=2000",
  "/articles/nothing",
  "/articles/%00",
  "/nothing",
]) {
  test(`${address} shows the not-found page`, async ({ page }) => {
    expect((await page.goto(address))?.status()).toBe(404);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(en.notFound.title);
  });
}

test("a scheduled article is public at its time, and before that readable by its preview link", async ({
  page,
  author,
  openBrowser,
  sql,
}) => {
  test.slow();
  const title = `Tomorrow ${author.email}`;
  await page.goto("/articles/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Text", { exact: true }).fill("Words for **tomorrow**.");
  await page.getByLabel("Excerpt").fill("What tomorrow brings.");
  await expect(page.getByText("279 characters left")).toBeVisible();
  await page.getByLabel("Excerpt").fill("x".repeat(299));
  await expect(page.getByText("1 character left", { exact: true })).toBeVisible();
  await page.getByLabel("Excerpt").fill("x".repeat(305));
  await expect(page.getByText("5 characters too many")).toBeVisible();
  await page.getByLabel("Excerpt").fill("What tomorrow brings.");
  await page.getByRole("button", { name: "Save as draft" }).click();
  await expect(page.getByText("This is a draft.")).toBeVisible();
  const address = page.url();

  // In the time zone of the browser.
  const tomorrow = new Date(Date.now() + 24 * 3600 * 1000);
  const wallTime = await page.evaluate((time) => {
    const date = new Date(time);
    return new Date(time - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  }, tomorrow.getTime());
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByLabel("Publish at").fill(wallTime);
  await page.getByRole("button", { name: "Publish" }).click();
  await expect(page.getByText(/^Scheduled for .* \(.+\)\. Until then, only you can see it\./)).toBeVisible();

  const guest = await openBrowser();
  expect((await guest.goto(address))?.status()).toBe(404);
  await page.goto("/articles?show=scheduled");
  await expect(page.getByText(/^Scheduled for .* \(.+\)$/)).toBeVisible();
  await page.goto("/articles?show=drafts");
  await expect(page.getByRole("link", { name: title })).toBeHidden();

  await page.goto("/articles?show=scheduled");
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await expect(page.getByLabel("Publish at")).toHaveValue(wallTime);
  const preview = await page.getByLabel(en.editor.previewLink.address).inputValue();
  await guest.goto(preview);
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(guest.getByText("This is a preview.")).toBeVisible();
  await page.getByRole("button", { name: "Revoke all preview links" }).click();
  await expect(page.getByLabel(en.editor.previewLink.address)).not.toHaveValue(preview);
  expect((await guest.goto(preview))?.status()).toBe(404);

  await sql(
    `UPDATE "Article" SET "publishedAt" = now() WHERE "createdBy" = $1 AND "publishedAt" > now()`,
    author.id,
  );
  await guest.goto("/");
  await expect(guest.getByText("What tomorrow brings.")).toBeVisible();
  await guest.getByRole("link", { name: title }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText(title);
  await page.goto("/articles?show=published");
  await expect(page.getByRole("link", { name: title })).toBeVisible();
});
