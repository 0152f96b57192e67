import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testSettings } from "@/lib/testing/app/settings";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { type Answer, Caller } from "@/lib/testing/caller";
import { newUser, type Person, writeArticle } from "@/lib/testing/people";

/** A server whose database lacks a required column. */
let app: TestApp;
let person: Person;
let article: { id: string };

beforeAll(async () => {
  app = await startTestApp();
  person = await newUser({}, new Caller({ "X-API-Key": testSettings.PUBLISHABLE_KEY }, app.url));
  article = await writeArticle(person, { isPublished: true });

  const client = new Client({ connectionString: app.database.url });
  await client.connect();
  await client.query('ALTER TABLE "Article" RENAME COLUMN title TO heading');
  await client.end();
});

afterAll(async () => {
  await app?.stop();
});

describe("a database error", () => {
  test.each<[string, () => Promise<Answer<{ error: { message: string } }>>]>([
    ["in a read", () => person.api.get(`/v1/data/articles/${article.id}`)],
    ["in a list", () => person.api.get("/v1/data/articles?search=secret-words")],
    [
      "in a write",
      () => person.api.post("/v1/data/articles", { title: "secret-words", content: "secret-words" }),
    ],
    ["in a change", () => person.api.patch(`/v1/data/articles/${article.id}`, { title: "secret-words" })],
  ])("%s returns a 500 with a request id and no internal details", async (_, call) => {
    const { status, code, headers, body } = await call();
    expect({ status, code }).toEqual({ status: 500, code: "common/internal-error" });
    expect(body).toStrictEqual({ error: { code: "common/internal-error", message: expect.any(String) } });
    expect(body.error.message).not.toMatch(
      /prisma|sql|select|column|title|P20\d\d|42703|\bat\b.*:\d+|node_modules/i,
    );

    const requestId = headers.get("x-request-id") ?? "";
    expect(requestId).not.toBe("");
    // The operator finds all details under that ID, in one event.
    const events = app
      .output()
      .split("\n")
      .filter((line) => line.includes(requestId));
    expect(events).toHaveLength(1);
    expect(JSON.parse(events[0] ?? "")).toMatchObject({
      level: "error",
      event: "request.failed",
      code: "common/internal-error",
      requestId,
      error: expect.stringContaining("title"),
    });
    expect(events[0]).not.toContain("secret-words");
  });

  test("does not affect other requests", async () => {
    expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
  });
});
