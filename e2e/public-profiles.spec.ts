import { en } from "@/lib/i18n/messages/en";
import { site } from "../lib/config/site";
import { expect, test } from "./fixtures";

test("the public profile lists the published articles in pages, without drafts", async ({
  author,
  openBrowser,
}) => {
  test.slow();
  await author.write({ title: "Hidden in a draft", isPublished: false });
  for (let number = 1; number <= 21; number++) await author.write({ title: `Number ${number}` });

  const guest = await openBrowser();
  await guest.goto(`/users/${author.id}`);
  await expect(guest).toHaveTitle(`${author.name} · ${site.name.en}`);
  await expect(guest.getByRole("article")).toHaveCount(20);
  await guest.getByRole("link", { name: "Older" }).click();
  await expect(guest).toHaveURL(`/users/${author.id}?page=2`);
  await expect(guest.getByRole("article")).toHaveCount(1);
  await guest.getByRole("link", { name: "Number 1", exact: true }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("Number 1");
  expect((await guest.goto(`/users/${author.id}?page=3`))?.status()).toBe(404);
});

test("the author sees no drafts on their public profile, but a link to edit it", async ({ page, author }) => {
  await author.write({ title: "Hidden in a draft", isPublished: false });
  await page.goto(`/users/${author.id}`);
  await expect(page.getByText(en.person.empty)).toBeVisible();
  await page.getByRole("link", { name: en.person.edit }).click();
  await expect(page).toHaveURL("/me/profile");
});

test("the public profile shows only public fields", async ({ author, request }) => {
  const html = await (await request.get(`/users/${author.id}`)).text();
  expect(html).toContain(author.name);
  expect(html).not.toContain(author.email);
});

test("an author's name on the home page links to the public profile", async ({ author, openBrowser }) => {
  await author.write({ title: `From the front page ${author.email}` });
  const guest = await openBrowser();
  await guest.goto("/");
  const entry = guest.getByRole("listitem").filter({ hasText: `From the front page ${author.email}` });
  await entry.getByRole("link", { name: author.name }).click();
  await expect(guest).toHaveURL(`/users/${author.id}`);
});

test("responds with 404 for the profile of an unknown user", async ({ openBrowser }) => {
  const guest = await openBrowser();
  for (const path of ["unknown", "%00", "..%2Fme", crypto.randomUUID(), "x".repeat(3_000)]) {
    expect((await guest.goto(`/users/${path}`))?.status(), path).toBe(404);
  }
});

test("the profile of a banned user shows only the name and the articles, and is not indexed", async ({
  author,
  api,
  adminApi,
  openBrowser,
}) => {
  await author.write({ title: "Written before" });
  const links = { github: "https://spam.example/" };
  await api("PATCH", `/users/${author.id}`, {
    body: { bio: "Buy here", nickname: "Seller", socialLinks: links },
    accessToken: author.accessToken,
  });
  const guest = await openBrowser();
  await guest.goto(`/users/${author.id}`);
  await expect(guest.getByText("Buy here")).toBeVisible();

  await adminApi("PATCH", `/users/${author.id}`, { banned: true });
  await guest.reload();
  await expect(guest.getByText("This account has been suspended.")).toBeVisible();
  await expect(guest.getByRole("link", { name: "Written before" })).toBeVisible();
  const html = await guest.content();
  for (const gone of ["Buy here", "Seller", "spam.example"]) expect(html).not.toContain(gone);
  await expect(guest.locator("meta[name=robots]")).toHaveAttribute("content", "noindex");
});

test("the bio is shown as plain text, even if it looks like markup", async ({ page, author, api }) => {
  const ran: string[] = [];
  await page.exposeFunction("alert", (value: unknown) => ran.push(String(value)));
  const bio = "<img src=x onerror=alert(1)>\n</script><script>alert(2)</script>";
  const body = {
    name: '"><script>alert(3)</script>',
    nickname: "<svg onload=alert(4)>",
    bio,
    socialLinks: { github: 'https://example.com/"onmouseover="alert(5)' },
  };
  const response = await api("PATCH", `/users/${author.id}`, { body, accessToken: author.accessToken });
  expect(response.status()).toBe(200);
  for (const path of [`/users/${author.id}`, "/me", "/me/profile"]) {
    await page.goto(path, { waitUntil: "networkidle" });
  }
  await page.goto(`/users/${author.id}`);
  await expect(page.getByText("onerror=alert(1)")).toBeVisible();
  await page.getByRole("link", { name: "GitHub" }).hover();
  expect(ran).toEqual([]);
});
