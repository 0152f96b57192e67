import type { Page } from "@playwright/test";
import { site } from "../lib/config/site";
import { sitePages } from "../lib/config/site-pages";
import { locales } from "../lib/i18n/locales";
import { findAccessibilityViolations } from "./accessibility-violations";
import { expect, test } from "./fixtures";

declare global {
  interface Window {
    layoutShift: number;
  }
}

const everything = `
# A first-level heading

Some *words*, **weight**, ~~none~~, \`code\`, https://example.com and a note.[^1]

## Why

> A quote.

- [x] done
- [ ] to do

### How

| a | b |
|:-:|--:|
| 1 | 2 |

\`\`\`ts
// A comment, and a line that is longer than any column of any page on which it can be shown, so that it scrolls.
const answer: string = "quoted" + 42;
\`\`\`

[^1]: The note.
`;

for (const colorScheme of ["light", "dark"] as const) {
  for (const locale of locales) {
    // On a phone, each theme and each language is tested once.
    const isOnPhone = (colorScheme === "light") === (locale === "en");
    test.describe(`${colorScheme}, ${locale}`, { tag: isOnPhone ? [] : "@desktop" }, () => {
      test("every page for guests is accessible, has one h1, a title and a description, and no layout shift", async ({
        openBrowser,
        author,
        api,
      }) => {
        test.slow();
        const made = await api("POST", "/data/tags", {
          body: { name: author.email.slice(0, 36) },
          accessToken: author.accessToken,
        });
        const tag = await made.json();
        const id = await author.write({
          title: "Everything",
          content: everything,
          category: "Test",
          tags: [tag.id],
        });
        const page = await openBrowser({ colorScheme, locale });
        await measureLayoutShift(page);

        for (const path of [
          "/",
          "/search",
          "/search?search=zzz",
          "/signup",
          "/signin",
          "/magic-link",
          "/magic-link?token=none",
          "/forgot-password",
          "/goodbye",
          ...sitePages.map(({ path }) => path),
          "/nothing",
          `/articles/${id}`,
          `/users/${author.id}`,
          `/tags/${tag.slug}`,
          "/categories/Test",
        ]) {
          await expectGoodPage(page, path);
        }
      });

      test("every page for authors is accessible", async ({
        openBrowser,
        author,
        api, // part: bookmarks
        context,
      }) => {
        test.slow();
        const id = await author.write({ title: "Everything", content: everything, category: "Test" });
        const draft = await author.write({
          title: "초안",
          content: "비워 둔 자리가 글에 무게를 줘요.",
          isPublished: false,
        });
        const page = await openBrowser({ colorScheme, locale });
        await measureLayoutShift(page);
        await api("POST", "/data/bookmarks", { body: { articleId: id }, accessToken: author.accessToken }); // part: bookmarks
        await page.context().addCookies(await context.cookies());
        await loadHangul(page); // part: korean

        for (const path of [
          "/me",
          "/me/profile",
          "/me/security",
          "/me/second-factor",
          "/me/password",
          "/me/address",
          "/me/sessions",
          "/me/data",
          "/",
          "/bookmarks", // part: bookmarks
          `/articles/${id}`,
          "/articles",
          "/articles/new",
          `/articles/${id}/edit`,
          `/articles/${id}/delete`,
          `/articles/${draft}`,
        ]) {
          await expectGoodPage(page, path);
        }
      });

      test("every page for admins is accessible", async ({ openBrowser, author, adminApi, api, context }) => {
        test.slow();
        const article = await author.write({ title: "Everything", category: "Test" });
        await adminApi("PATCH", `/users/${author.id}/role`, { role: "admin" });
        await adminApi("POST", "/auth/invitations", { email: `to-${author.email}`, name: "김민지" });
        const other = {
          method: "password",
          name: "Other",
          email: `other-${author.email}`,
          password: "abc123",
        };
        const { accessToken } = await (await api("POST", "/auth/email/signup", { body: other })).json();
        const { id } = await (await api("GET", "/auth/me", { accessToken })).json();
        await adminApi("PATCH", `/users/${id}/role`, { role: "guest" });
        const page = await openBrowser({ colorScheme, locale });
        await measureLayoutShift(page);
        await page.context().addCookies(await context.cookies());
        await loadHangul(page); // part: korean

        for (const path of [
          "/admin",
          "/admin/people",
          `/admin/people/${id}`,
          `/admin/people/${author.id}`,
          "/admin/articles",
          `/admin/articles/${article}`,
          "/admin/invitations",
          "/admin/audit-log",
        ]) {
          await expectGoodPage(page, path);
        }
      });

      test("a form with mistakes is accessible", async ({ openBrowser }) => {
        const page = await openBrowser({ colorScheme, locale });
        await page.goto("/signup");
        await page.getByRole("main").locator("button[type=submit]").first().click();
        await expect(page.locator("[aria-invalid=true]")).toHaveCount(5);
        expect(await findAccessibilityViolations(page)).toEqual([]);
      });
    });
  }
}

async function expectGoodPage(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready);
  await expect(page.getByRole("heading", { level: 1 }), path).toHaveCount(1);
  await expect(page, path).toHaveTitle(new RegExp(`(${Object.values(site.name).join("|")})$`));
  await expect(page.locator("meta[name=description]"), path).toHaveAttribute("content", /.{5,}/);
  expect(await findAccessibilityViolations(page), path).toEqual([]);
  expect(await page.evaluate(() => window.layoutShift), path).toBeLessThan(0.01);
}

// part: korean
/**
 * Visits a page with much Korean text, so that later pages get the font from the cache. A system font for Korean is as
 * wide as the web font that replaces it, but a machine without one shows wider boxes, which would shift the layout.
 */
async function loadHangul(page: Page): Promise<void> {
  await page.goto("/privacy?lang=ko");
  await page.evaluate(() => document.fonts.ready);
}
// end of part: korean

/** Measures the cumulative layout shift of a page. */
async function measureLayoutShift(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.layoutShift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ("value" in entry && typeof entry.value === "number") window.layoutShift += entry.value;
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
}
