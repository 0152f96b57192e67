import type { Locator, Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { expect, test } from "./fixtures";

function endpointOf(page: Page, id: string): Locator {
  return page.locator(`article[aria-labelledby=${id}]`);
}

/** Opens one of an endpoint's collapsed sections. */
async function unfold(endpoint: Locator, title: string | RegExp): Promise<void> {
  await endpoint.locator("summary").filter({ hasText: title }).click();
}

async function openTryIt(page: Page, id: string): Promise<Locator> {
  const endpoint = endpointOf(page, id);
  await unfold(endpoint, "Try it");
  return endpoint;
}

test("finds an endpoint by words in either language, by path and by error code", async ({ page }) => {
  await page.goto("/docs/api");
  const search = page.getByRole("searchbox", { name: "Find an endpoint" });
  const shown = page.getByRole("main").getByRole("article");
  const all = await shown.count();
  expect(all).toBeGreaterThan(20);

  for (const [words, id] of [
    ["log in", "postAuthEmailSignin"],
    ["로그인", "postAuthEmailSignin"],
    ["password/reset/request", "postAuthPasswordResetRequest"],
    ["same-password", "postAuthPasswordChange"],
    ["isPublished title", "postDataArticles"],
  ] as const) {
    await search.fill(words);
    await expect(endpointOf(page, id), words).toBeVisible();
    await expect(endpointOf(page, "getOpenapiJson"), words).toBeHidden();
  }
  await expect(page.getByRole("status").filter({ hasText: /endpoint/ })).toBeVisible();

  await search.fill("zzzz");
  await expect(shown).toHaveCount(0);
  await page.getByRole("link", { name: en.apiDocs.filter.all }).click();
  await expect(shown).toHaveCount(all);
});

test("highlights every example, even more than the highlighter's queue can hold", {
  tag: "@desktop",
}, async ({ page }) => {
  await page.goto("/docs/api");
  const examples = page.locator("article figure.code code");
  expect(await examples.count()).toBeGreaterThan(100);
  await expect(examples.filter({ hasNot: page.locator("span") })).toHaveCount(0);
});

test("shows an endpoint's fields, response and errors, and links to it", async ({ page }) => {
  await page.goto("/docs/api#postAuthEmailSignin");
  const endpoint = endpointOf(page, "postAuthEmailSignin");
  await expect(endpoint.getByRole("heading", { name: "Sign in with email and password" })).toBeInViewport();
  await expect(endpoint).toContainText("POST /api/v1/auth/email/signin");
  await expect(endpoint).toContainText("email, ≤ 254");

  await unfold(endpoint, "Response 200");
  await expect(endpoint.getByText(/^accessToken/).first()).toBeVisible();
  await unfold(endpoint, /\d+ errors/);
  await expect(endpoint).toContainText(en.errors["auth/invalid-credentials"]);
  await endpoint.getByRole("link", { name: "common/payload-too-large" }).click();
  await expect(page.locator("#error-common-payload-too-large")).toBeInViewport();
  await expect(page.locator("#error-common-payload-too-large")).toContainText("413");
});

test("renders code in descriptions as code", async ({ page }) => {
  await page.goto("/docs/api");
  await expect(page.locator("dd span code", { hasText: "authorize" })).toHaveCount(1);
  await expect(page.locator("dd", { hasText: "`" })).toHaveCount(0);
});

test("signs in, uses the token, and writes and reads with it", async ({ page, newUser, api }) => {
  await api("POST", "/auth/email/signup", { body: { ...newUser, method: "password" } });
  await page.goto("/docs/api");

  const me = await openTryIt(page, "getAuthMe");
  await me.getByRole("button", { name: "Send" }).click();
  await expect(me).toContainText("401 Unauthorized");

  const signIn = await openTryIt(page, "postAuthEmailSignin");
  const { email, password } = newUser;
  await signIn.getByLabel("Body").fill(JSON.stringify({ method: "password", email, password }));
  await signIn.getByRole("button", { name: "Send" }).click();
  await expect(signIn).toContainText("200 OK");
  await unfold(signIn, en.apiDocs.tryIt.headers);
  await expect(signIn.getByRole("term").filter({ hasText: "x-request-id" })).toBeVisible();
  await signIn.getByRole("button", { name: en.apiDocs.tryIt.useToken }).click();

  await me.getByRole("button", { name: "Send" }).click();
  await expect(me).toContainText("200 OK");
  await expect(me.getByRole("region", { name: en.apiDocs.tryIt.answer, exact: true })).toContainText(email);

  const write = await openTryIt(page, "postDataArticles");
  await write.getByLabel("Body").fill('{"title": "From the reference", "content": "Words."}');
  await write.getByRole("button", { name: "Send" }).click();
  await expect(write).toContainText("201 Created");
  const answer = await write
    .getByRole("region", { name: en.apiDocs.tryIt.answer, exact: true })
    .textContent();
  const { id } = JSON.parse(answer ?? "");

  const read = await openTryIt(page, "getDataArticlesId");
  await read.getByLabel("id", { exact: true }).fill(id);
  await read.getByRole("button", { name: "Send" }).click();
  await expect(read.getByRole("region", { name: en.apiDocs.tryIt.answer, exact: true })).toContainText(
    "From the reference",
  );

  await page.getByText(en.apiDocs.credentials.title).click();
  await page.getByRole("button", { name: en.apiDocs.credentials.forget }).click();
  await read.getByRole("button", { name: "Send" }).click();
  await expect(read).toContainText("404 Not Found");
});

test("encodes path parameters, and does not send a body that is not valid JSON", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.resourceType() === "fetch") asked.push(new URL(request.url()).pathname);
  });
  await page.goto("/docs/api");
  const read = await openTryIt(page, "getDataArticlesId");
  await read.getByLabel("id", { exact: true }).fill("../../auth/me?x=1");
  await read.getByRole("button", { name: "Send" }).click();
  await expect(read).toContainText("404 Not Found");
  expect(asked).toEqual(["/api/v1/data/articles/..%2F..%2Fauth%2Fme%3Fx%3D1"]);

  const signIn = await openTryIt(page, "postAuthEmailSignin");
  await signIn.getByLabel("Body").fill("{");
  await signIn.getByRole("button", { name: "Send" }).click();
  await expect(signIn).toContainText("not valid JSON");
  expect(asked).toHaveLength(1);
});

test("rejects a wrong API key", async ({ page }) => {
  await page.goto("/docs/api");
  await page.getByText(en.apiDocs.credentials.title).click();
  await page.getByLabel("API key").fill("pk_wrong");
  const list = await openTryIt(page, "getDataArticles");
  await list.getByRole("button", { name: "Send" }).click();
  await expect(list).toContainText("common/invalid-api-key");
});

test("lists the endpoints beside the text, or above it on a phone, within the width of the screen", async ({
  page,
  isMobile,
}) => {
  await page.goto("/docs/api");
  if (isMobile) await page.locator("summary", { hasText: "Endpoints" }).click();
  const contents = page.getByRole("navigation", { name: "Endpoints" });
  await contents.getByRole("link", { name: "Create an article" }).click();
  await expect(page).toHaveURL(/#postDataArticles$/);
  await expect(page.getByRole("heading", { name: "Create an article" })).toBeInViewport();
  const width = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(width).toBeLessThanOrEqual(0);
});

test("loads nothing from other origins and violates no content security policy", async ({
  page,
  baseURL,
}) => {
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${baseURL}/`)) foreign.push(request.url());
  });
  for (const path of ["/docs/api", "/docs/api?search=sign"]) {
    await page.goto(path, { waitUntil: "networkidle" });
  }
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("shows and searches the reference", async ({ page }) => {
    await page.goto("/docs/api");
    await page.getByRole("searchbox").fill("password reset");
    await page.getByRole("button", { name: "Find" }).click();
    await expect(page).toHaveURL(/\?search=password\+reset/);
    await expect(endpointOf(page, "postAuthPasswordResetRequest")).toBeVisible();
    await expect(endpointOf(page, "getAuthMe")).toBeHidden();
    await expect(page.locator("summary").filter({ hasText: "Try it" }).first()).toBeHidden();
    await unfold(endpointOf(page, "postAuthPasswordResetRequest"), /^\+Example$/);
    await expect(endpointOf(page, "postAuthPasswordResetRequest")).toContainText(
      "curl $API/v1/auth/password/reset",
    );
  });
});
