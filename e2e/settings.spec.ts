import { readFileSync } from "node:fs";
import { en } from "@/lib/i18n/messages/en";
import { expect, signIn, submitSignIn, test } from "./fixtures";

for (const javaScriptEnabled of [true, false]) {
  test.describe(`JavaScript ${javaScriptEnabled ? "on" : "off"}`, () => {
    test.use({ javaScriptEnabled });

    test("fills in the profile, which appears on the public profile and with the articles", async ({
      page,
      author,
      openBrowser,
    }) => {
      test.slow();
      const article = await author.write({ title: "With a name" });
      await page.goto("/me");
      await page.getByRole("navigation", { name: en.settings.navigation }).getByText("Profile").click();
      await expect(page.getByRole("link", { name: "Profile", exact: true })).toHaveAttribute(
        "aria-current",
        "page",
      );
      await page.getByLabel("Name", { exact: true }).fill("새 이름");
      await page.getByLabel("Nickname").fill("별명");
      await page.getByLabel("About you").fill("쓰는 사람\n두 번째 줄");
      await page.getByLabel("GitHub").fill("github.com/octocat");
      await page.getByRole("button", { name: "Save" }).click();

      await expect(page.getByLabel("GitHub")).toHaveAccessibleDescription(/https:\/\//);
      await expect(page.getByLabel("GitHub")).toHaveAttribute("aria-invalid", "true");
      await expect(page.getByLabel("About you")).toHaveValue("쓰는 사람\n두 번째 줄");
      await page.getByLabel("GitHub").fill("https://github.com/octocat");
      await page.getByRole("button", { name: "Save" }).click();
      await expect(page.getByText(en.profile.saved)).toBeVisible();
      await expect(page.getByRole("link", { name: "Account: 새 이름" })).toBeVisible();

      const guest = await openBrowser({ javaScriptEnabled });
      await guest.goto(`/articles/${article}`);
      await guest.getByRole("link", { name: "새 이름" }).click();
      await expect(guest).toHaveURL(`/users/${author.id}`);
      await expect(guest.getByRole("heading", { level: 1 })).toHaveText("새 이름 별명");
      await expect(guest.getByText("쓰는 사람\n두 번째 줄")).toBeVisible();
      const link = guest.getByRole("link", { name: "GitHub" });
      await expect(link).toHaveAttribute("href", "https://github.com/octocat");
      await expect(link).toHaveAttribute("rel", /\bme\b.*\bnofollow\b/);
      await expect(guest.getByRole("link", { name: "X", exact: true })).toHaveCount(0);

      await page.getByLabel("Nickname").fill("");
      await page.getByLabel("GitHub").fill("");
      await Promise.all([
        page.waitForResponse((response) => response.request().method() === "POST"),
        page.getByRole("button", { name: "Save" }).click(),
      ]);
      await expect(page.getByLabel("Nickname")).toHaveValue("");
      await guest.reload();
      await expect(guest.getByRole("heading", { level: 1 })).toHaveText("새 이름");
      await expect(guest.getByRole("link", { name: "GitHub" })).toHaveCount(0);
      await expect(guest.getByText("쓰는 사람")).toBeVisible();
    });

    test("a session that was ended from another browser is signed out at its next request", async ({
      page,
      author,
      openBrowser,
    }) => {
      const phone = await openBrowser({
        javaScriptEnabled,
        userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0",
      });
      await signIn(phone, author);
      await expect(phone).toHaveURL("/me");

      await page.goto("/me/sessions");
      await expect(page.getByRole("listitem").filter({ hasText: en.sessions.current })).toHaveCount(1);
      await expect(
        page.getByRole("listitem").filter({ hasText: en.sessions.current }).getByRole("button"),
      ).toHaveCount(0);
      await page.getByRole("button", { name: "Sign out Firefox on Linux" }).click();
      await expect(page.getByText(en.sessions.ended)).toBeVisible();
      await expect(page.getByText("Firefox on Linux")).toHaveCount(0);

      await phone.getByRole("link", { name: "Write", exact: true }).click();
      await expect(phone).toHaveURL(/\/signin/);
      await page.goto("/me");
      await expect(page).toHaveURL("/me");
    });

    test("signs out every other device", async ({ page, author, openBrowser, api }) => {
      const others = [await openBrowser({ javaScriptEnabled }), await openBrowser({ javaScriptEnabled })];
      for (const other of others) {
        await signIn(other, author);
        await expect(other).toHaveURL("/me");
      }
      await page.goto("/me/sessions");
      await page.getByRole("button", { name: "Sign out all other devices" }).click();
      await expect(page.getByText(en.sessions.othersEnded)).toBeVisible();
      await expect(page.getByRole("button", { name: /^Sign out/ })).toHaveCount(0);

      for (const other of others) {
        await other.goto("/articles");
        await expect(other).toHaveURL(/\/signin/);
      }
      // The session from the API is another device, too.
      const response = await api("GET", "/auth/me", { accessToken: author.accessToken });
      expect(response.status()).toBe(401);
    });

    test("deletes the account, and only published articles remain, without a name", async ({
      page,
      author,
      context,
      openBrowser,
    }) => {
      test.slow();
      const published = await author.write({ title: "It stays" });
      const draft = await author.write({ title: "It goes", isPublished: false });
      const cookies = await context.cookies();
      await page.goto("/me/data");
      await page.getByLabel("Your email address").fill("another@example.com");
      await page.getByRole("button", { name: en.data.delete }).click();
      await expect(page.getByLabel("Your email address")).toHaveAccessibleDescription(
        new RegExp(en.validation.ownAddress),
      );
      await page.getByLabel("Your email address").fill(` ${author.email.toUpperCase()}`);
      await page.getByRole("button", { name: en.data.delete }).click();

      await expect(page).toHaveURL("/goodbye");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Goodbye");
      await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
      expect((await context.cookies()).filter(({ name }) => name.includes("session-token"))).toEqual([]);

      const guest = await openBrowser({ javaScriptEnabled });
      await guest.goto(`/articles/${published}`);
      await expect(guest.getByText(en.list.noAuthor)).toBeVisible();
      await expect(guest.getByText(author.name)).toHaveCount(0);
      expect((await guest.goto(`/articles/${draft}`))?.status()).toBe(404);
      expect((await guest.goto(`/users/${author.id}`))?.status()).toBe(404);
      // The browser's previous cookie no longer works.
      await guest.context().addCookies(cookies);
      await guest.goto("/me");
      await expect(guest).toHaveURL(/\/signin/);

      await submitSignIn(guest, author);
      await expect(guest.getByText(en.errors["auth/invalid-credentials"])).toBeVisible();
      await guest.goto("/signup");
      await guest.getByLabel("Name").fill("Newcomer");
      await guest.getByLabel("Email address").fill(author.email);
      await guest.getByLabel("Password").fill(author.password);
      for (const box of await guest.getByRole("checkbox").all()) await box.check();
      await guest.getByRole("button", { name: "Sign up" }).click();
      await expect(guest).toHaveURL("/me");
      await guest.goto("/articles");
      await expect(guest.getByText(en.articles.emptyTitle)).toBeVisible();
    });

    test("downloads all data that is stored about the user", async ({ page, author }) => {
      const content = '글 "하나"\n\n둘째 줄';
      await author.write({ title: "Published", content });
      await author.write({ title: "초안", isPublished: false });
      await page.goto("/me/data");
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("link", { name: "Download your data" }).click(),
      ]);
      expect(download.suggestedFilename()).toBe("my-data.json");

      const text = readFileSync(await download.path(), "utf8");
      expect(JSON.parse(text)).toMatchObject({
        profile: { id: author.id, email: author.email, name: author.name, role: "user" },
        sessions: [{ userAgent: expect.any(String) }, { userAgent: expect.stringContaining("Chrome") }],
        articles: [
          { title: "Published", content, isPublished: true },
          { title: "초안", isPublished: false },
        ],
      });
      expect(text).not.toMatch(/hash|\$2[aby]\$|refreshCounter|sealed/i);
    });
  });
}

test("the bio shows its character count while typing", async ({ page, author: _ }) => {
  await page.goto("/me/profile");
  await expect(page.getByText("0 / 500")).toBeVisible();
  await page.getByLabel("About you").fill("글을 써요 🙂");
  await expect(page.getByText("7 / 500")).toBeVisible();
  await page.getByLabel("About you").fill("글".repeat(501));
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByLabel("About you")).toHaveAccessibleDescription(/at most 500 characters/);
});

test("keeps the input of the profile form when the session has ended", async ({ page, author, adminApi }) => {
  await page.goto("/me/profile");
  await page.getByLabel("About you").fill("Not to be lost.");
  expect((await adminApi("PATCH", `/users/${author.id}`, { banned: true })).status()).toBe(200);
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(en.errors["auth/unauthorized"])).toBeVisible();
  await expect(page.getByLabel("About you")).toHaveValue("Not to be lost.");
});

test("signs out a banned user at the next request", async ({ page, author, adminApi }) => {
  await page.goto("/me");
  expect((await adminApi("PATCH", `/users/${author.id}`, { banned: true })).status()).toBe(200);
  await page.getByRole("navigation", { name: en.settings.navigation }).getByText("Devices").click();
  await expect(page).toHaveURL(/\/signin/);
  await submitSignIn(page, author);
  await expect(page.getByText("This account has been suspended.")).toBeVisible();
});

test("the data export is not cached and not given to another user", async ({ page, author, request }) => {
  const mine = await page.request.get("/me/data.json");
  expect(mine.status()).toBe(200);
  expect(mine.headers()).toMatchObject({
    "cache-control": "no-store",
    "content-disposition": 'attachment; filename="my-data.json"',
    "content-type": "application/json; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  expect(await mine.text()).toContain(author.email);

  const guest = await request.get("/me/data.json", { maxRedirects: 0 });
  expect(guest.status()).toBe(307);
  expect(guest.headers().location).toContain("/signin?returnTo=%2Fme%2Fdata");
});

test("the data export contains all of many articles, in the order of writing", async ({ page, author }) => {
  for (let number = 1; number <= 21; number++) {
    await author.write({ title: `Number ${number}`, isPublished: false });
  }
  const { articles } = await (await page.request.get("/me/data.json")).json();
  expect(articles.map(({ title }: { title: string }) => title)).toEqual(
    Array.from({ length: 21 }, (_, index) => `Number ${index + 1}`),
  );
});
