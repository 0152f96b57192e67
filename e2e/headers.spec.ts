import type { APIResponse } from "@playwright/test";
import { sitePages } from "@/lib/config/site-pages";
import { expect, test } from "./fixtures";

const publicPages = [
  "/",
  "/search",
  "/signin",
  "/signup",
  "/goodbye",
  "/undo-address-change",
  ...sitePages.map(({ path }) => path),
  "/nothing",
  "/articles/nothing",
  "/users/nothing",
];

for (const path of publicPages) {
  test(`${path} has a strict policy with a fresh nonce`, async ({ request }) => {
    const [first, second] = [await request.get(path), await request.get(path)];
    const policy = first.headers()["content-security-policy"] ?? "";
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1] ?? "";
    expect(scripts).toMatch(/'nonce-[A-Za-z0-9+/=]{22,}' 'strict-dynamic'/);
    expect(scripts).not.toContain("unsafe");
    for (const directive of [
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
    ]) {
      expect(policy).toContain(directive);
    }
    expect(nonceOf(first)).not.toBe(nonceOf(second));

    // Every script of the page has the nonce.
    const html = await first.text();
    const bare = (html.match(/<script\b[^>]*>/g) ?? []).filter(
      (tag) => !tag.includes(`nonce="${nonceOf(first)}"`) && !tag.includes("application/ld+json"),
    );
    expect(bare).toEqual([]);

    const headers = first.headers();
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBeDefined();
    expect(headers["x-powered-by"]).toBeUndefined();
    expect(headers["cache-control"]).toContain("no-store");
  });
}

test("a policy or nonce that the client sends is ignored", async ({ request }) => {
  const theirs = "script-src 'nonce-stolen' 'unsafe-inline'";
  const response = await request.get("/", {
    headers: {
      "content-security-policy": theirs,
      "content-security-policy-report-only": theirs,
      "x-nonce": "stolen",
      "next-router-prefetch": "1",
      purpose: "prefetch",
    },
  });
  expect(response.headers()["content-security-policy"]).toContain("'strict-dynamic'");
  expect(response.headers()["content-security-policy"]).not.toContain("stolen");
  expect(await response.text()).not.toContain("stolen");
});

test("no page violates the content security policy", async ({ page, author }) => {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) complaints.push(message.text());
  });
  const id = await author.write({ title: "Code", content: "```js\nlet a;\n```\n\n| a |\n|:-:|\n| 1 |" });
  for (const path of ["/", `/articles/${id}`, "/articles", `/articles/${id}/edit`, "/me", "/nothing"]) {
    await page.goto(path, { waitUntil: "networkidle" });
  }
  await page.goto("/");
  await page.getByRole("link", { name: "Search" }).click();
  await expect(page).toHaveURL("/search");
  expect(complaints).toEqual([]);
});

test("pages of a signed-in user are not stored, and scripts cannot read their cookies", async ({
  page,
  author: _,
  context,
}) => {
  for (const path of ["/", "/me", "/me/sessions", "/articles"]) {
    const response = await page.goto(path);
    expect(response?.headers()["cache-control"]).toContain("no-store");
  }
  await page.getByRole("button", { name: "Dark" }).click();
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const cookies = await context.cookies();
  expect(cookies.length).toBeGreaterThanOrEqual(2);
  for (const cookie of cookies) {
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });
  }
});

const bypasses: Record<string, string>[] = [
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-prefetch": "1", "next-router-segment-prefetch": "/_tree" },
];

for (const headers of bypasses) {
  test(`protected pages reject ${Object.keys(headers).join(", ")}`, async ({ request, author }) => {
    const id = await author.write({ title: "Hidden in a draft", isPublished: false });
    for (const path of [
      "/me",
      "/me/profile",
      "/me/password",
      "/me/address",
      "/me/sessions",
      "/me/data",
      "/me/data.json",
      "/bookmarks", // part: bookmarks
      "/articles",
      `/articles/${id}`,
      `/articles/${id}/edit`,
      `/articles/${id}/delete`,
    ]) {
      // Next.js redirects such requests to a separate URL first.
      const response = await request.get(path, { headers });
      if (headers.rsc && response.ok()) {
        expect(response.headers()["content-type"], path).toContain("text/x-component");
      }
      const body = await response.text();
      expect(body).not.toContain("Hidden in a draft");
      expect(body).not.toContain(author.email);
    }
  });
}

for (const path of ["/me.rsc", "//me", "/%6De", "/articles%2F..%2Fme", "/_next/../me", "/./me"]) {
  test(`${path} does not bypass sign-in`, async ({ request, author, baseURL }) => {
    const response = await request.get(`${baseURL}${path}`, { maxRedirects: 0 });
    expect(response.status()).toBeLessThan(500);
    expect(await response.text()).not.toContain(author.email);
  });
}

test("the image resizer does not fetch other origins", async ({ request }) => {
  for (const url of ["http://localhost:5432/", "http://169.254.169.254/latest/", "/health"]) {
    const response = await request.get(`/_next/image?${new URLSearchParams({ url, w: "64", q: "75" })}`);
    expect([400, 404]).toContain(response.status());
  }
});

function nonceOf(response: APIResponse): string | undefined {
  return /'nonce-([^']+)'/.exec(response.headers()["content-security-policy"] ?? "")?.[1];
}
