import type { APIRequestContext, APIResponse, Page } from "@playwright/test";
import { en } from "@/lib/i18n/messages/en";
import { readForm } from "@/lib/testing/plain-form";
import { expect, test } from "./fixtures";

// Server actions are endpoints that anyone can post to. These tests post to them directly.

for (const origin of ["https://evil.example", "https://localhost.evil.example", "null", undefined]) {
  test(`rejects a sign-in form from ${origin ?? "no origin"}`, async ({ openBrowser, request, author }) => {
    const form = await readFields(await openBrowser(), "/signin");
    const fields = { ...form, email: author.email, password: author.password };
    const response = await request.post("/signin", {
      multipart: fields,
      headers: origin ? { origin } : {},
      maxRedirects: 0,
    });
    expect(response.status()).toBe(403);
    expect(response.headers()["set-cookie"]).toBeUndefined();
  });
}

test("the same form from the site itself signs in", async ({ openBrowser, request, author, baseURL }) => {
  const form = await readFields(await openBrowser(), "/signin");
  const response = await post(
    request,
    "/signin",
    { ...form, email: author.email, password: author.password },
    baseURL,
  );
  expect(response.status()).toBe(303);
  expect(response.headers()["set-cookie"]).toContain("HttpOnly");
});

test("rejects writing without a session", async ({ page, author: _, request, openBrowser, baseURL }) => {
  const form = await readFields(page, "/articles/new");
  const guest = await openBrowser();
  const response = await post(
    request,
    "/articles/new",
    { ...form, title: "Without a session", content: "Words.", isPublished: "true" },
    baseURL,
  );
  expect(response.status()).toBeLessThan(500);
  await guest.goto("/search?search=Without+a+session");
  await expect(guest.getByText("No results")).toBeVisible();
});

test("another user's article is neither changed nor deleted by its ID", async ({
  page,
  author,
  api,
  baseURL,
}) => {
  const mine = await author.write({ title: "Mine" });
  const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
  const { accessToken } = await signedUp.json();
  const theirs = await api("POST", "/data/articles", {
    body: { title: "Theirs", content: "Words.", isPublished: true },
    accessToken,
  });
  const { id } = await theirs.json();

  const edit = await readFields(page, `/articles/${mine}/edit`);
  await post(
    page.request,
    `/articles/${mine}/edit`,
    { ...edit, id, title: "Taken", content: "Taken.", isPublished: "true" },
    baseURL,
  );
  const remove = await readFields(page, `/articles/${mine}/delete`);
  const rejected = await post(page.request, `/articles/${mine}/delete`, { ...remove, id }, baseURL);
  expect(await rejected.text()).toContain(en.errors["data/permission-denied"]);

  await page.goto(`/articles/${mine}`);
  const path = new URL(page.url()).pathname;
  const publish = { ...(await readFields(page, path)), id, isPublished: "false" };
  const unpublished = await post(page.request, path, publish, baseURL);
  expect(await unpublished.text()).toContain(en.errors["data/permission-denied"]);

  const after = await api("GET", `/data/articles/${id}`);
  expect(await after.json()).toMatchObject({ title: "Theirs", content: "Words.", isPublished: true });
  for (const path of ["edit", "delete"]) {
    expect((await page.goto(`/articles/${id}/${path}`))?.status()).toBe(404);
  }
});

// part: bookmarks
test("the bookmark action rejects guests and drafts of other users", async ({
  page,
  author,
  request,
  api,
  baseURL,
}) => {
  const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
  const { accessToken } = await signedUp.json();
  const write = async (article: object) => {
    const written = await api("POST", "/data/articles", {
      body: { content: "Words.", ...article },
      accessToken,
    });
    return (await written.json()).id;
  };
  const draft = await write({ title: "Their draft" });
  // On the user's own article, the first form would be another one.
  await page.goto(`/articles/${await write({ title: "Theirs", isPublished: true })}`);
  const path = new URL(page.url()).pathname;
  const form = await readFields(page, path);
  expect(form.articleId).toMatch(/^[0-9a-f-]{36}$/);

  const kept = async () => (await api("GET", "/data/bookmarks", { accessToken: author.accessToken })).json();
  for (const [sender, fields] of [
    [request, {}],
    [page.request, { articleId: draft }],
    [page.request, { articleId: "\u0000" }],
    [page.request, { articleId: "none" }],
    [page.request, { isBookmarked: "perhaps" }],
  ] as const) {
    const response = await post(sender, path, { ...form, isBookmarked: "true", ...fields }, baseURL);
    expect(response.status()).toBeLessThan(500);
    expect(await response.text()).not.toContain("Their draft");
    expect((await kept()).pagination.total).toBe(0);
  }
  const foreign = await post(page.request, path, { ...form, isBookmarked: "true" }, "https://evil.example");
  expect(foreign.status()).toBe(403);
  await post(page.request, path, { ...form, isBookmarked: "true" }, baseURL);
  expect((await kept()).pagination.total).toBe(1);
});
// end of part: bookmarks

test("another user's session is neither found nor ended by its ID", async ({
  page,
  author,
  api,
  baseURL,
}) => {
  const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
  const { accessToken } = await signedUp.json();
  const sessions = await (await api("GET", "/auth/sessions", { accessToken })).json();
  const [{ id }] = sessions.items;

  const form = await readFields(page, "/me/sessions");
  expect(form.id).toMatch(/^[0-9a-f-]{36}$/);
  const rejected = await post(page.request, "/me/sessions", { ...form, id }, baseURL);
  expect(await rejected.text()).toContain(en.errors["auth/session-not-found"]);
  for (const garbage of ["", "\u0000", "x".repeat(100_000), "' OR 1=1 --"]) {
    const response = await post(page.request, "/me/sessions", { ...form, id: garbage }, baseURL);
    expect(response.status(), garbage.slice(0, 20)).toBeLessThan(500);
  }
  expect((await api("GET", "/auth/me", { accessToken })).status()).toBe(200);
  expect((await api("GET", "/auth/me", { accessToken: author.accessToken })).status()).toBe(200);
});

test("without a session, no session ends, no profile changes and no account is deleted", async ({
  page,
  author,
  request,
  api,
  baseURL,
}) => {
  const fields = { email: author.email, name: "Taken", nickname: "Taken", bio: "Taken" };
  for (const path of ["/me/sessions", "/me/profile", "/me/data"]) {
    const form = await readFields(page, path);
    expect(Object.keys(form).join()).toContain("ACTION");
    const response = await post(request, path, { ...form, ...fields }, baseURL);
    expect(response.status(), path).toBeLessThan(500);
    expect(response.headers()["set-cookie"], path).toBeUndefined();
    const foreign = await post(page.request, path, { ...form, ...fields }, "https://evil.example");
    expect(foreign.status(), path).toBe(403);
  }
  const me = await api("GET", "/auth/me", { accessToken: author.accessToken });
  expect(await me.json()).toMatchObject({ id: author.id, name: author.name });
});

test("a profile form changes only its sender, and ignores role and ban", async ({
  page,
  author,
  api,
  baseURL,
}) => {
  const other = { name: "Other", email: `other-${author.email}`, password: "abc123" };
  const signedUp = await api("POST", "/auth/email/signup", { body: { ...other, method: "password" } });
  const { accessToken } = await signedUp.json();
  const { id } = await (await api("GET", "/auth/me", { accessToken })).json();

  const form = await readFields(page, "/me/profile");
  const fields = { ...form, id, userId: id, name: "Changed", role: "admin", banned: "true", email: "a@b.co" };
  expect((await post(page.request, "/me/profile", fields, baseURL)).status()).toBe(303);
  const mine = await api("GET", `/users/${author.id}`, { accessToken: author.accessToken });
  expect(await mine.json()).toMatchObject({ name: "Changed", role: "user", email: author.email });
  const theirs = await api("GET", `/users/${id}`, { accessToken });
  expect(await theirs.json()).toMatchObject({ name: "Other", role: "user" });
});

test("invalid action payloads cause no server error", async ({ page, author, request, baseURL }) => {
  const id = await author.write({ title: "Still here" });
  const form = await readFields(page, `/articles/${id}/delete`);
  for (const fields of [
    { ...form, id: "\u0000" },
    { ...form, id: "x".repeat(100_000) },
    { ...form, id: "%00/../.." },
    Object.fromEntries(Object.keys(form).map((name) => [name, "garbage"])),
    { $ACTION_ID_0000000000000000000000000000000000000000: "" },
    { $ACTION_REF_1: "", "$ACTION_1:0": "{", "$ACTION_1:1": "[[[[" },
  ]) {
    const response = await post(page.request, `/articles/${id}/delete`, fields, baseURL);
    expect(response.status(), Object.keys(fields).join()).toBeLessThan(500);
  }

  const action = /"id":"([0-9a-f]+)"/.exec(Object.values(form).join())?.[1] ?? "";
  expect(action).not.toBe("");
  for (const [name, body] of [
    ["0", "[]"],
    ["x".repeat(2_000), "[]"],
    [action, "[]"],
    [action, '[null,"text"]'],
    [action, '[{},{"get":1}]'],
  ] as const) {
    const response = await page.request.post(`/articles/${id}/delete`, {
      data: body,
      headers: { "next-action": name, "content-type": "text/plain", origin: baseURL ?? "" },
    });
    expect(response.status(), `${name} ${body}`).toBeLessThan(500);
  }
  expect((await request.get(`/articles/${id}`)).status()).toBe(200);
});

/** Reads the fields of a form on a page, including the hidden ones that identify its action. */
async function readFields(page: Page, path: string): Promise<Record<string, string>> {
  const html = await (await page.request.get(path)).text();
  // Skips forms without a server action, which post to a route.
  const form = readForm(html.slice(html.indexOf("<main")), "$ACTION");
  return Object.fromEntries([...form].map(([name, value]) => [name, String(value)]));
}

function post(
  request: APIRequestContext,
  path: string,
  fields: Record<string, string>,
  origin = "",
): Promise<APIResponse> {
  return request.post(path, { multipart: fields, headers: { origin }, maxRedirects: 0 });
}

test("over the rate limit, a form shows the error, and navigation shows an error page", async ({
  page,
  api,
}) => {
  // Sends six hundred requests while another test runs.
  test.slow();
  await page.goto("/signin");
  await page.getByLabel("Email").fill("someone@example.com");
  await page.getByLabel("Password", { exact: true }).fill("abc123");
  for (let times = 0; times < 600; times += 100) {
    await Promise.all(Array.from({ length: 100 }, () => api("GET", "/auth/me")));
  }
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Too many requests" })).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("someone@example.com");

  await page.getByRole("banner").getByRole("link").first().click();
  await expect(page.getByRole("heading", { name: "Too many requests", level: 1 })).toBeVisible();
  await expect(page.getByRole("heading", { name: "요청이 너무 많아요" })).toBeVisible();
  // Its stylesheet is not rate-limited.
  await expect(page.getByRole("main")).toHaveCSS("max-width", "544px");
});
