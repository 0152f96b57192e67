import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { Caller, freshAddress } from "@/lib/testing/caller";
import { mailTo } from "@/lib/testing/mailbox";
import { type ArticleAnswer, newUser, type Person, writeArticle } from "@/lib/testing/people";
import { PlainBrowser, shownBy } from "@/lib/testing/plain-browser";

// Who may publish, by the setting PUBLISHING. The other tests run with a setting that allows every user.

const unconfirmed = { status: 403, code: "auth/email-not-verified" };
const denied = { status: 403, code: "data/permission-denied" };

describe.each([
  { setting: '"confirmed" (the default)', PUBLISHING: "", rejection: unconfirmed, confirmedMay: true },
  { setting: "admins", PUBLISHING: "admins", rejection: denied, confirmedMay: false },
])("with PUBLISHING set to $setting", ({ PUBLISHING, rejection, confirmedMay }) => {
  let app: TestApp;
  let author: Person;

  beforeAll(async () => {
    app = await startTestApp({ PUBLISHING });
    author = await signUp();
  });
  afterAll(async () => {
    await app?.stop();
  });

  const visitor = (key = inject("publishableKey")) =>
    new Caller({ "X-API-Key": key, "X-Forwarded-For": freshAddress() }, app.url);
  const signUp = () => newUser(undefined, visitor());
  const server = () => visitor(inject("secretKey"));
  const at = ({ id }: { id: string }) => `/v1/data/articles/${id}`;
  const publish = (by: Caller) =>
    by.post<ArticleAnswer>("/v1/data/articles", { title: "T", content: "C", isPublished: true });

  async function sql(statement: string, ...values: unknown[]): Promise<void> {
    const client = new Client({ connectionString: app.database.url });
    await client.connect();
    await client.query(statement, values).finally(() => client.end());
  }

  test("a new user can write drafts, and cannot publish them by any request", async () => {
    expect(await publish(author.api)).toMatchObject(rejection);
    const draft = await writeArticle(author);
    expect(await author.api.patch(at(draft), { isPublished: true })).toMatchObject(rejection);
    const scheduled = { isPublished: true, publishedAt: "2999-01-01T00:00:00Z" };
    expect(await author.api.patch(at(draft), scheduled)).toMatchObject(rejection);
    expect(await author.api.patch(at(draft), { title: "Better" })).toMatchObject({ status: 200 });
    expect((await author.api.get(at(draft))).body).toMatchObject({ title: "Better", isPublished: false });
  });

  test("the editor says what is missing, and links to it", async () => {
    const browser = new PlainBrowser(app.url);
    await browser.signIn(author);
    const html = await browser.read("/articles/new");
    const says = confirmedMay ? "Confirm your email address to publish." : "Only administrators can publish.";
    expect(html).toContain(says);
    if (confirmedMay) expect(html).toMatch(/Confirm your email address to publish[\s\S]{0,200}href="\/me"/);
    expect(html).not.toContain('name="isPublished" value="true"');
  });

  if (confirmedMay) {
    test("a new user saves a draft, confirms the email address, and publishes", async () => {
      const person = await signUp();
      const browser = new PlainBrowser(app.url);
      await browser.signIn(person);
      const fields = { title: "Soon", content: "Words." };
      const asked = { ...fields, isPublished: "true" };
      expect(await shownBy(await browser.send("/articles/new", 'name="title"', asked))).toContain(
        "Confirm your email address",
      );
      const saved = await browser.send("/articles/new", 'name="title"', { ...fields, isPublished: "false" });
      const path = new URL(saved.headers.get("location") ?? "", app.url).pathname;
      expect(await browser.read(path)).not.toContain('name="isPublished"');

      await fetch((await mailTo(person.email, "verify-sign-up", 1, app.database.dataDir)).link ?? "");
      expect((await browser.send(path, 'name="isPublished"', { isPublished: "true" })).status).toBe(303);
      expect(await new PlainBrowser(app.url).read(path)).toContain("Soon");
    });
  }

  test("an author who may not publish can unpublish a published article but not change it", async () => {
    const article = await writeArticle(author);
    await sql(`UPDATE "Article" SET "isPublished" = true WHERE id = $1`, article.id);
    for (const patch of [{ title: "Better" }, { publishedAt: null }, { isPublished: true }]) {
      expect(await author.api.patch(at(article), patch)).toMatchObject(rejection);
    }
    expect(await author.api.patch(at(article), {})).toMatchObject({
      status: 200,
      body: { isPublished: true },
    });
    expect(await author.api.patch(at(article), { isPublished: false, title: "Back" })).toMatchObject({
      status: 200,
      body: { isPublished: false, title: "Back" },
    });
    expect((await author.api.delete(at(article))).status).toBe(200);
  });

  test("another user's public article gets 403, and their draft 404", async () => {
    const other = await signUp();
    const draft = await writeArticle(author);
    const patch = { isPublished: true };
    expect(await other.api.patch(at(draft), patch)).toMatchObject({ status: 404, code: "data/not-found" });
    await sql(`UPDATE "Article" SET "isPublished" = true WHERE id = $1`, draft.id);
    expect(await other.api.patch(at(draft), patch)).toMatchObject(denied);
  });

  test(
    confirmedMay
      ? "a user with a verified email address may publish"
      : "a user with a verified email address may not publish either",
    async () => {
      const confirmed = await signUp();
      await sql(`UPDATE "User" SET "emailVerified" = now() WHERE id = $1`, confirmed.id);
      const draft = await writeArticle(confirmed);
      const answers = [
        await publish(confirmed.api),
        await confirmed.api.patch(at(draft), { isPublished: true }),
        await confirmed.api.patch(at(draft), { title: "Better" }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(confirmedMay ? [201, 200, 200] : [403, 403, 200]);
    },
  );

  test("admins and secret keys can always publish", async () => {
    const draft = await writeArticle(author);
    expect(await server().patch(at(draft), { isPublished: true })).toMatchObject({ status: 200 });
    expect((await publish(server().as(author.tokens.accessToken))).status).toBe(201);
    const admin = await signUp();
    await sql(`UPDATE "User" SET role = 'admin' WHERE id = $1`, admin.id);
    expect((await publish(admin.api)).status).toBe(201);
    expect(await admin.api.patch(at(draft), { title: "By an admin" })).toMatchObject({ status: 200 });
  });
});
