import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { articlePath } from "@/lib/articles/paths/article-path";
import { imagePathOf } from "@/lib/images/image-path";
import { testSettings } from "@/lib/testing/app/settings";
import { type RunningApp, startApp } from "@/lib/testing/app/start-app";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller } from "@/lib/testing/caller";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

const key = { "X-API-Key": testSettings.PUBLISHABLE_KEY };

// Two instances on one database that no other test writes to.
let app: TestApp;
let other: RunningApp;
let author: Person;

beforeAll(async () => {
  app = await startTestApp();
  other = await startApp({
    ...testSettings,
    DATABASE_URL: process.env.DATABASE_URL ? app.database.url : "",
    DATA_DIR: app.database.dataDir,
  });
  author = await newUser({ name: "Ann Author" }, new Caller(key, other.url));
});

afterAll(async () => {
  await other?.stop();
  await app?.stop();
});

async function run(url: string, statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

type Page = { status: number; html: string; memory: string | undefined; headers: Headers };

async function read(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Page> {
  const response = await fetch(app.url + path, { method, redirect: "manual", headers });
  const memory = /^guest-page;desc=(\w+)$/.exec(response.headers.get("server-timing") ?? "")?.[1];
  return { status: response.status, html: await response.text(), memory, headers: response.headers };
}

/** Requests a page twice, so that it is in memory. */
async function warm(path: string, headers: Record<string, string> = {}): Promise<Page> {
  await read(path, headers);
  const page = await read(path, headers);
  expect(page.memory, path).toBe("hit");
  return page;
}

function noncesOf({ html }: Page): Set<string | undefined> {
  return new Set([...html.matchAll(/nonce="([^"]+)"/g)].map(([, nonce]) => nonce));
}

describe("a guest page", () => {
  test("comes from memory the second time, with a fresh nonce in header and page", async () => {
    const article = await writeArticle(author, { title: "Twice read", isPublished: true });
    const pages = [await warm(articlePath(article)), await read(articlePath(article))];
    const nonces = pages.map((page) => {
      expect(page.html).toContain("Twice read");
      const [nonce, ...others] = noncesOf(page);
      expect(others).toEqual([]);
      expect(page.headers.get("content-security-policy")).toContain(`'nonce-${nonce}'`);
      expect(page.html).not.toContain(testSettings.AUTH_SECRET);
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(page.headers.get("x-content-type-options")).toBe("nosniff");
      return nonce;
    });
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test("is the same from memory as freshly rendered", async () => {
    const kept = await warm("/");
    const rendered = await read("/", { cookie: "authjs.session-token=garbage" });
    expect(rendered.memory).toBeUndefined();
    const withoutNonce = (page: Page) => page.html.replaceAll([...noncesOf(page)][0] ?? "", "");
    // React may split its stream into different chunks: only what a reader sees has to be the same.
    const visible = (html: string) => html.replaceAll(/<script[\s\S]*?<\/script>/g, "");
    expect(visible(withoutNonce(kept))).toBe(visible(withoutNonce(rendered)));
  });

  test("has one copy for each language and theme", async () => {
    for (const [headers, expected] of [
      [{ "accept-language": "ko" }, 'lang="ko" data-theme="system"'], // part: korean
      [{ "accept-language": "en" }, 'lang="en" data-theme="system"'],
      [{ "accept-language": "en", cookie: "locale=ko" }, 'lang="ko" data-theme="system"'], // part: korean
      [{ "accept-language": "en", cookie: "theme=dark" }, 'lang="en" data-theme="dark"'],
      [{ "accept-language": "en", cookie: "theme=light; other=1" }, 'lang="en" data-theme="light"'],
      [{ "accept-language": "fr", cookie: "theme=purple" }, 'lang="en" data-theme="system"'],
    ] as const) {
      for (const page of [await read("/", headers), await read("/", headers)]) {
        expect(page.html).toContain(`<html ${expected}`);
      }
    }
  });

  // part: korean
  test("is in the language of ?lang=", async () => {
    expect((await warm("/?lang=ko")).html).toContain('<html lang="ko"');
    expect((await warm("/?lang=en", { "accept-language": "ko" })).html).toContain('<html lang="en"');
  });
  // end of part: korean

  test.each(["/?utm_source=mail", "/?fbclid=1&x[]=2", "/?search=a", "/?lang=xx"])(
    "at %s is served from the copy of /",
    async (path) => {
      await warm("/");
      expect((await read(path)).memory).toBe("hit");
    },
  );

  test("responds to HEAD from memory, without a body", async () => {
    await warm("/");
    const page = await read("/", {}, "HEAD");
    expect([page.status, page.memory, page.html]).toEqual([200, "hit", ""]);
  });

  test.each([
    ["a session", "/", { cookie: "authjs.session-token.0=part" }],
    ["a session on https", "/", { cookie: "__Host-authjs.session-token=x" }],
    ["the router", "/", { rsc: "1" }],
    ["the search", "/search?search=a", {}],
    ["the list of the author's own articles", "/articles", {}],
    ["the editor", "/articles/new", {}],
    ["an invalid page number", "/?page=0", {}],
    ["a parameter given twice", "/?page=1&page=2", {}],
  ])("is not served from memory for %s", async (_, path, headers) => {
    for (let times = 0; times < 2; times++) expect((await read(path, headers)).memory).toBeUndefined();
  });

  test.each(["/articles/nothing-here", "/tags/nothing-here", "/users/nothing-here", "/?page=999"])(
    "is not kept if the page does not exist: %s",
    async (path) => {
      for (let times = 0; times < 2; times++) {
        expect(await read(path)).toMatchObject({ status: 404, memory: undefined });
      }
    },
  );

  test("is not kept if it redirects", async () => {
    const article = await writeArticle(author, { title: "Elsewhere", isPublished: true });
    for (let times = 0; times < 2; times++) {
      expect(await read(`/articles/${article.id}`)).toMatchObject({ status: 308, memory: undefined });
    }
  });

  test("is not kept for a preview link", async () => {
    const article = await writeArticle(author, { title: "Shown early", isPublished: false });
    const { body } = await author.api.post<{ url: string }>(`/v1/data/articles/${article.id}/preview-link`);
    const path = new URL(body.url).pathname;
    for (let times = 0; times < 2; times++) {
      expect(await read(path)).toMatchObject({ status: 200, memory: undefined });
    }
    await author.api.delete(`/v1/data/articles/${article.id}/preview-link`);
    expect((await read(path)).status).toBe(404);
  });

  test("ignores a guessed secret of the server's own requests", async () => {
    await warm("/");
    expect((await read("/", { "x-guest-page": "guess" })).memory).toBe("hit");
  });

  test("contains nothing from the host header of a request", async () => {
    const { html } = await read("/", { "x-forwarded-host": "evil.example", "accept-language": "ko-KR" });
    expect(html).not.toContain("evil.example");
  });
});

describe("a feed, sitemap or card", () => {
  test.each([
    "/sitemap.xml",
    "/sitemap/pages.xml",
    "/feed.xml", // part: feeds
    "/feed.json", // part: feeds
    "/llms.txt", // part: feeds
    "/card.png", // part: share-cards
  ])("comes from memory, and %s responds with 304 to a client that has it", async (path) => {
    const { headers } = await warm(path);
    const etag = headers.get("etag") ?? "";
    expect(etag).toMatch(/^".+"$/);
    // A shared cache must not serve it after a change.
    expect(headers.get("cache-control")).toBe("public, no-cache");
    const cookie = "authjs.session-token=garbage; theme=dark; locale=ko";
    expect(await read(path, { "if-none-match": etag, cookie })).toMatchObject({
      status: 304,
      html: "",
      memory: "hit",
    });
    expect(await read(path, { "if-none-match": '"other"' })).toMatchObject({ status: 200, memory: "hit" });
    expect((await read(`${path}?utm_source=mail`)).memory).toBe("hit");
  });

  // part: feeds
  // part: korean
  test("is in the language of its URL only", async () => {
    expect((await warm("/feed.xml?lang=ko", { "accept-language": "en" })).html).toContain(
      "<language>ko</language>",
    );
    expect((await warm("/feed.xml", { "accept-language": "ko" })).html).toContain("<language>en</language>");
  });

  test("names its own URL in its language", async () => {
    expect((await read("/feed.xml?lang=ko")).html).toContain(`href="${app.url}/feed.xml?lang=ko" rel="self"`);
    expect(JSON.parse((await read("/feed.json?lang=ko&utm_source=mail")).html)).toMatchObject({
      feed_url: `${app.url}/feed.json?lang=ko`,
    });
    expect(JSON.parse((await read("/feed.json?lang=en")).html)).toMatchObject({
      feed_url: `${app.url}/feed.json`,
    });
  });
  // end of part: korean

  test("shows a change made on another instance, with another ETag", async () => {
    const article = await writeArticle(author, { title: "In the feed", isPublished: true });
    const etag = (await warm("/feed.xml")).headers.get("etag") ?? "";
    await author.api.patch(`/v1/data/articles/${article.id}`, { title: "In the next feed" });
    const next = await read("/feed.xml", { "if-none-match": etag });
    expect(next).toMatchObject({ status: 200, memory: "miss" });
    expect(next.html).toContain("In the next feed");
    await author.api.delete(`/v1/data/articles/${article.id}`);
    expect((await read("/feed.xml")).html).not.toContain("In the next feed");
  });

  test("responds with 304 when something else has changed", async () => {
    const etag = (await warm("/llms.txt")).headers.get("etag") ?? "";
    await author.api.patch(`/v1/users/${author.id}`, { bio: `Bio ${crypto.randomUUID()}` });
    expect(await read("/llms.txt", { "if-none-match": etag })).toMatchObject({ status: 304, memory: "miss" });
  });
  // end of part: feeds

  // part: share-cards
  test("is drawn again for a changed title, and removed with its article", async () => {
    const article = await writeArticle(author, { title: "On the card", isPublished: true });
    const card = `${articlePath(article)}/card.png`;
    const etag = (await warm(card)).headers.get("etag") ?? "";
    await author.api.patch(`/v1/data/articles/${article.id}`, { title: "On the next card" });
    expect(await read(card, { "if-none-match": etag })).toMatchObject({ status: 200, memory: "miss" });
    await author.api.delete(`/v1/data/articles/${article.id}`);
    expect(await read(card)).toMatchObject({ status: 404, memory: undefined });
  });
  // end of part: share-cards
});

describe("the next guest sees a change made on another instance:", () => {
  test("an article that is published, changed, unpublished and deleted", async () => {
    const title = "Fresh from the press";
    await warm("/");
    const article = await writeArticle(author, { title, isPublished: false });
    expect(await read("/")).toMatchObject({ memory: "hit" });

    const address = `/v1/data/articles/${article.id}`;
    await author.api.patch(address, { isPublished: true });
    expect((await read("/")).html).toContain(title);

    const path = articlePath(article);
    await author.api.patch(address, { coverImage: "https://img.example/a.jpg" });
    for (const [patch, shown] of [
      [{ excerpt: "Said in short." }, "Said in short."],
      [{ coverAlt: "A lamp at dusk" }, 'alt="A lamp at dusk"'],
      [{ category: "lamps" }, "/categories/lamps"],
    ] as const) {
      await warm(path);
      await author.api.patch(address, patch);
      expect((await read(path)).html).toContain(shown);
    }
    await warm(path);
    await author.api.patch(address, { content: "Quite another text." });
    expect((await read(path)).html).toContain("Quite another text.");

    await author.api.patch(address, { isPublished: false });
    expect(await read(path)).toMatchObject({ status: 404 });
    expect((await read("/")).html).not.toContain(title);

    await author.api.patch(address, { isPublished: true });
    await warm(path);
    await author.api.delete(address);
    expect(await read(path)).toMatchObject({ status: 404 });
  });

  test("an article that is deleted and imported again, with the same ID and time", async () => {
    const id = crypto.randomUUID();
    const path = articlePath({ id, title: "Imported" });
    const insert = (content: string) =>
      run(app.database.url, [
        `INSERT INTO "Article" (id, title, content, "isPublished", "publishedAt", "createdAt", "updatedAt")
         VALUES ('${id}', 'Imported', '${content}', true, now(), '2020-01-02', '2020-01-02')`,
      ]);
    await insert("The first text.");
    expect((await read(path)).html).toContain("The first text.");
    expect((await read("/feed.xml")).html).toContain("The first text."); // part: feeds
    await run(app.database.url, [`DELETE FROM "Article" WHERE id = '${id}'`]);
    await insert("The second text.");
    for (const shown of [
      path,
      "/feed.xml", // part: feeds
    ]) {
      const { html } = await read(shown);
      // Metadata and summaries do not come from the parsed text.
      expect(html, shown).toMatch(/(<|&lt;)p(>|&gt;)The second text\./);
      expect(html, shown).not.toContain("The first text.");
    }
  });

  test("a scheduled article whose time has come", async () => {
    const title = "Out at the minute";
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const article = await writeArticle(author, { title, isPublished: true, publishedAt: later });
    expect((await warm("/")).html).not.toContain(title);
    // Simulates that the time has come: a write that no trigger sees.
    await run(app.database.url, [
      "BEGIN",
      "SET LOCAL session_replication_role = replica",
      `UPDATE "Article" SET "publishedAt" = now() WHERE id = '${article.id}'`,
      "COMMIT",
    ]);
    expect((await read("/")).html).toContain(title);
  });

  test("a tag that is renamed and deleted", async () => {
    const { body: tag } = await author.api.post<{ id: string; slug: string }>("/v1/data/tags", {
      name: "Slow reading",
    });
    const article = await writeArticle(author, { title: "Tagged", isPublished: true, tags: [tag.id] });
    const path = articlePath(article);
    await warm(path);
    await author.api.patch(`/v1/data/tags/${tag.id}`, { name: "Slower reading" });
    expect((await read(path)).html).toContain("Slower reading");
    await author.api.delete(`/v1/data/tags/${tag.id}`);
    expect((await read(path)).html).not.toContain("Slower reading");
  });

  test("a picture that is deleted", async () => {
    const [id, key] = [crypto.randomUUID(), crypto.randomUUID().replaceAll("-", "")];
    await run(app.database.url, [
      `INSERT INTO "File" (id, key, "privateName", kind, visibility, "ownerId", "originalName", "mimeType", size, width,
         height, "uploadExpiresAt", "registeredAt", "settledAt")
       VALUES ('${id}', '${key}', '${key}', 'file', 'public', '${author.id}', 'a.png', 'image/png', 1, 1234, 567, now(),
         now(), now())`,
    ]);
    const content = `![A lamp](${imagePathOf(key)})`;
    const path = articlePath(
      await writeArticle(author, { title: "Illustrated", content, isPublished: true }),
    );
    expect((await warm(path)).html).toContain('width="1234"');
    expect((await author.api.delete(`/v1/files/${id}`)).status).toBe(200);
    expect((await read(path)).html).not.toContain('width="1234"');
  });

  test("an author who is renamed, banned and deleted", async () => {
    const writer = await newUser({ name: "Old Name" }, new Caller(key, other.url));
    const admin = new Caller({ "X-API-Key": testSettings.SECRET_KEY }, other.url);
    const article = await writeArticle(writer, { title: "By a writer", isPublished: true });
    const path = articlePath(article);
    await warm(path);
    await writer.api.patch(`/v1/users/${writer.id}`, { name: "New Name" });
    expect((await read(path)).html).toContain("New Name");
    const avatar = imagePathOf("0".repeat(32));
    await run(app.database.url, [`UPDATE "User" SET image = '${avatar}' WHERE id = '${writer.id}'`]);
    expect((await warm(path)).html).toContain(avatar);
    await run(app.database.url, [`UPDATE "User" SET image = NULL WHERE id = '${writer.id}'`]);
    expect((await read(path)).html).not.toContain(avatar);

    const page = `/users/${writer.id}`;
    await writer.api.patch(`/v1/users/${writer.id}`, { bio: "Writes in the margin." });
    expect((await warm(page)).html).toContain("Writes in the margin.");
    await admin.patch(`/v1/users/${writer.id}`, { banned: true });
    expect((await read(page)).html).not.toContain("Writes in the margin.");

    await warm(path);
    await admin.delete(`/v1/users/${writer.id}`);
    expect((await read(path)).html).not.toContain("New Name");
    expect(await read(page)).toMatchObject({ status: 404 });
  });
});
