import type { Locator, Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { picture } from "../lib/testing/pictures";
import { expect, expectShown, test } from "./fixtures";

/** The avatar in the header, which links to the settings. */
function headerAvatar(page: Page): Locator {
  return page
    .getByRole("banner")
    .getByRole("link", { name: /^Account: / })
    .locator("img");
}

async function file(name = "me.png") {
  return { name, mimeType: "image/png", buffer: await picture("png", { width: 300, height: 200 }) };
}

const notAPicture = { name: "me.png", mimeType: "image/png", buffer: Buffer.from("<svg onload=alert(1)>") };

test("a user chooses a picture by keyboard, sees it everywhere, and removes it", async ({
  page,
  author,
  openBrowser,
}) => {
  test.slow();
  const article = await author.write({ title: "With a face" });
  await page.goto("/me/profile");
  const chooser = page.getByLabel(en.profile.choosePicture);
  // Must come before the key press: it tells the browser not to show its own dialog.
  const opened = page.waitForEvent("filechooser");
  await chooser.focus();
  // The label shows the focus of the hidden field.
  await expect(page.getByText(en.profile.choosePicture)).toHaveCSS("outline-style", "solid");
  await page.keyboard.press("Enter");
  await (await opened).setFiles(await file());
  await expect(page.getByRole("status").filter({ hasText: en.profile.pictureSaved })).toBeVisible();
  await expectShown(headerAvatar(page));
  await expectShown(page.getByRole("main").locator("img"));
  await expect(page.getByLabel(en.profile.changePicture)).toBeFocused();

  const reader = await openBrowser();
  for (const path of [`/articles/${article}`, `/users/${author.id}`]) {
    await reader.goto(path);
    await expectShown(reader.getByRole("main").locator('img[src^="/api/v1/storage/"]').first());
  }

  const remove = page.getByRole("button", { name: "Remove" });
  await remove.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText(en.profile.pictureRemoved)).toBeVisible();
  await expect(headerAvatar(page)).toHaveCount(0);
  await expect(page.getByRole("main").locator("img")).toHaveCount(0);
  await reader.goto(`/articles/${article}`);
  await expect(reader.locator('img[src^="/api/v1/storage/"]')).toHaveCount(0);
});

test("shows the picture at once, and the progress of its upload", async ({ page, author }) => {
  expect(author.id).toBeTruthy();
  await page.goto("/me/profile");
  let letThrough = () => {};
  const isLetThrough = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  await page.route("**/api/v1/storage/**", async (route) => {
    if (route.request().method() === "PUT") await isLetThrough;
    await route.continue();
  });
  await page.getByLabel(en.profile.choosePicture).setInputFiles(await file());
  await expect(page.getByRole("progressbar", { name: "Upload" })).toBeVisible();
  await expect(page.getByText("Uploading")).toBeVisible();
  await expectShown(page.getByRole("main").locator('img[src^="blob:"]'));
  letThrough();
  await expect(page.getByText(en.profile.pictureSaved)).toBeVisible();
  await expect(page.getByRole("progressbar")).toHaveCount(0);
});

test("reports what is wrong with a file, and keeps the previous picture", async ({ page, author }) => {
  expect(author.id).toBeTruthy();
  await page.goto("/me/profile");
  await page.getByLabel(en.profile.choosePicture).setInputFiles(await file());
  await expect(page.getByText(en.profile.pictureSaved)).toBeVisible();
  const before = await headerAvatar(page).getAttribute("src");

  for (const [wrong, words] of [
    [notAPicture, en.errors["file/invalid-format"]],
    [{ ...notAPicture, name: "me.svg", mimeType: "image/svg+xml" }, en.errors["file/invalid-format"]],
    [{ ...notAPicture, buffer: Buffer.alloc(6 * 1024 * 1024) }, en.errors["file/file-too-large"]],
  ] as const) {
    await page.getByLabel(en.profile.changePicture).setInputFiles(wrong);
    await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
    await expect(page.getByLabel(en.profile.changePicture)).toHaveAccessibleDescription(
      new RegExp(words.slice(0, 20)),
    );
  }
  await page.route("**/api/v1/storage/**", (route) =>
    route.request().method() === "PUT" ? route.abort() : route.continue(),
  );
  await page.getByLabel(en.profile.changePicture).setInputFiles(await file());
  await expect(page.getByRole("alert").filter({ hasText: en.profile.pictureFailed })).toBeVisible();

  await page.reload();
  expect(await headerAvatar(page).getAttribute("src")).toBe(before);
  await expectShown(headerAvatar(page));
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("uploads a picture without JavaScript, shows errors, and removes it", async ({ page, author }) => {
    expect(author.id).toBeTruthy();
    await page.goto("/me/profile");
    const upload = page.getByRole("button", { name: "Upload" });
    await page.getByLabel(en.profile.choosePicture).setInputFiles(await file("내 사진.png"));
    await upload.click();
    await expect(page.getByText(en.profile.pictureSaved)).toBeVisible();
    await expect(headerAvatar(page)).toHaveAttribute("src", /^\/api\/v1\/storage\//);

    for (const [wrong, words] of [
      [notAPicture, en.errors["file/invalid-format"]],
      [{ ...notAPicture, buffer: Buffer.alloc(6 * 1024 * 1024) }, en.errors["file/file-too-large"]],
    ] as const) {
      await page.getByLabel(en.profile.changePicture).setInputFiles(wrong);
      await upload.click();
      await expect(page.getByRole("alert").filter({ hasText: words })).toBeVisible();
      await expect(headerAvatar(page)).toHaveCount(1);
    }

    await page.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText(en.profile.pictureRemoved)).toBeVisible();
    await expect(headerAvatar(page)).toHaveCount(0);
  });
});

test("the form without JavaScript rejects uploads from another site and from a signed-out user", async ({
  page,
  author,
  openBrowser,
  baseURL,
}) => {
  const multipart = { picture: await file() };
  const foreign = await page.request.post("/me/avatar", {
    multipart,
    headers: { Origin: "https://evil.example" },
    maxRedirects: 0,
  });
  expect(foreign.status()).toBe(403);
  const guest = await openBrowser();
  const stranger = await guest.request.post("/me/avatar", {
    multipart,
    headers: { Origin: baseURL ?? "" },
    maxRedirects: 0,
  });
  expect(stranger.status()).toBe(303);
  expect(stranger.headers().location).toContain("/signin");
  await page.goto(`/users/${author.id}`);
  await expect(headerAvatar(page)).toHaveCount(0);
});
