import { randomInt, randomUUID } from "node:crypto";
import {
  type APIResponse,
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  test as plainTest,
} from "@playwright/test";
import { Client } from "pg";
import { openEmbeddedDatabase } from "../lib/database/embedded-database";
import { newPassword } from "../lib/testing/app/secrets";
import { testSettings } from "../lib/testing/app/settings";
import { readForm } from "../lib/testing/plain-form";

export { expect };

export type Person = { name: string; email: string; password: string };

/** A user who is signed in in `page`, which is still blank. */
export type Author = Person & {
  id: string;
  accessToken: string;
  /** Writes an article through the API, published by default. @returns its id. */
  write: (article: { title: string; content?: string; [field: string]: unknown }) => Promise<string>;
};

type Fixtures = {
  /** A client address that no other test uses, so that rate limits by address do not interfere. */
  clientAddress: string;
  /** Calls the REST API, to prepare or verify what the test does not do in the browser. */
  api: (
    method: string,
    path: string,
    options?: { body?: object; accessToken?: string },
  ) => Promise<APIResponse>;
  /** Data of a user who has not signed up yet. */
  newUser: Person;
  author: Author;
  /** Calls the REST API with the secret key, as an admin. */
  adminApi: (method: string, path: string, body?: object) => Promise<APIResponse>;
  /** Runs SQL on the database of the app, such as to change the times of a row. */
  sql: (statement: string, ...values: unknown[]) => Promise<void>;
  /** Opens another browser, without a session. */
  openBrowser: (options?: BrowserContextOptions) => Promise<Page>;
};

export const test = plainTest.extend<Fixtures>({
  clientAddress: async ({ browserName: _ }, use) => {
    const octet = () => randomInt(1, 255);
    await use(`10.${octet()}.${octet()}.${octet()}`);
  },

  extraHTTPHeaders: async ({ clientAddress }, use) => {
    await use({ "x-forwarded-for": clientAddress });
  },

  api: async ({ request }, use) => {
    await use((method, path, { body, accessToken } = {}) =>
      request.fetch(`/api/v1${path}`, {
        method,
        data: body,
        headers: {
          "x-api-key": testSettings.PUBLISHABLE_KEY,
          ...(accessToken && { authorization: `Bearer ${accessToken}` }),
        },
      }),
    );
  },

  adminApi: async ({ request }, use) => {
    await use((method, path, body) =>
      request.fetch(`/api/v1${path}`, {
        method,
        data: body,
        headers: { "x-api-key": testSettings.SECRET_KEY },
      }),
    );
  },

  newUser: async ({ browserName: _ }, use) => {
    await use({ name: "홍길동", email: `${randomUUID()}@example.com`, password: newPassword() });
  },

  author: async ({ api, newUser, page, baseURL }, use) => {
    const body = { ...newUser, method: "password" };
    const { accessToken } = await (await api("POST", "/auth/email/signup", { body })).json();
    const { id } = await (await api("GET", "/auth/me", { accessToken })).json();
    await signInByRequest(page, newUser, baseURL);

    await use({
      ...newUser,
      id,
      accessToken,
      write: async (article) => {
        const response = await api("POST", "/data/articles", {
          body: { content: "Words.", isPublished: true, ...article },
          accessToken,
        });
        expect(response.status()).toBe(201);
        const { id } = await response.json();
        return id;
      },
    });
  },

  sql: async ({ browserName: _ }, use) => {
    const database = await openEmbeddedDatabase({ dataDir: process.env.E2E_DATA_DIR ?? "" });
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await use(async (statement, ...values) => {
      await client.query(statement, values);
    });
    await client.end();
    await database.release();
  },

  openBrowser: async ({ browser, clientAddress }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (options = {}) => {
      const headers = { "x-forwarded-for": clientAddress };
      const context = await browser.newContext({ locale: "en", ...options, extraHTTPHeaders: headers });
      opened.push(context);
      return context.newPage();
    });
    // Open browsers would slow down the following tests.
    await Promise.all(opened.map((context) => context.close()));
  },
});

/** Submits the sign-in form by a request, which takes a tenth of the time. For tests that are not about sign-in. */
async function signInByRequest(page: Page, { email, password }: Person, origin = ""): Promise<void> {
  const html = await (await page.request.get("/signin")).text();
  const form = readForm(html, 'name="password"');
  form.set("email", email);
  form.set("password", password);
  const response = await page.request.post("/signin", {
    multipart: form,
    headers: { origin },
    maxRedirects: 0,
  });
  expect(response.status()).toBe(303);
}

/** Opens the sign-in page and signs in. */
export async function signIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto("/signin");
  await submitSignIn(page, { email, password });
}

/** Fills in and submits the sign-in form on the current page. */
export async function submitSignIn(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.getByLabel("Email address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
}

/** Waits until the browser has loaded a picture. */
export async function expectShown(image: Locator): Promise<void> {
  await expect(image).toBeVisible();
  await image.scrollIntoViewIfNeeded();
  await expect
    .poll(() => image.evaluate((node) => (node instanceof HTMLImageElement ? node.naturalWidth : 0)))
    .toBeGreaterThan(0);
}
