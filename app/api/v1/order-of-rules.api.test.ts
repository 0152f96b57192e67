import { beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Caller, guest } from "@/lib/testing/caller";
import { type ArticleAnswer, newUser, type Person, writeArticle } from "@/lib/testing/people";

const text = { "Content-Type": "text/plain" };
const noKey = { "X-API-Key": null };
const badToken = { Authorization: "Bearer nonsense" };
const tooLarge = " ".repeat(2_000_000);

let author: Person;
let reader: Person;
let draft: ArticleAnswer;
let published: ArticleAnswer;
/** A caller whose IP address has reached its rate limit. */
let limited: Caller;

beforeAll(async () => {
  [author, reader] = await Promise.all([newUser(), newUser()]);
  draft = await writeArticle(author);
  published = await writeArticle(author, { isPublished: true });

  limited = guest();
  while (
    (await Promise.all(Array.from({ length: 20 }, () => limited.get("/v1/auth/me")))).at(-1)?.status !== 429
  );
});

/** Each request violates the named rule and all rules after it. */
const violations: [string, () => Promise<Answer>, number, string][] = [
  [
    "route",
    () => guest().post("/v1/nowhere", tooLarge, { ...noKey, ...badToken, ...text }),
    404,
    "common/not-found",
  ],
  [
    "method",
    () => guest().send("PUT", "/v1/data/articles", tooLarge, { ...noKey, ...badToken, ...text }),
    405,
    "common/method-not-allowed",
  ],
  [
    "key",
    () => limited.post("/v1/data/articles", tooLarge, { ...noKey, ...badToken, ...text }),
    400,
    "common/missing-header",
  ],
  [
    "rate limit of the IP address",
    () => limited.post("/v1/data/articles", tooLarge, { ...badToken, ...text }),
    429,
    "common/too-many-requests",
  ],
  [
    "bearer token",
    () => guest().post("/v1/data/articles", tooLarge, { ...badToken, ...text }),
    401,
    "auth/invalid-token",
  ],
  [
    "media type",
    () => reader.api.post("/v1/data/articles", tooLarge, text),
    415,
    "common/unsupported-media-type",
  ],
  ["size", () => reader.api.post("/v1/data/articles", `{${tooLarge}`), 413, "common/payload-too-large"],
  ["JSON", () => reader.api.patch("/v1/data/articles/none", "{"), 400, "common/invalid-json"],
  ["shape", () => reader.api.patch("/v1/data/articles/none", { title: "" }), 400, "data/validation-error"],
  [
    "existence",
    () => reader.api.patch(`/v1/data/articles/${draft.id}`, { title: "Mine" }),
    404,
    "data/not-found",
  ],
  [
    "permission",
    () => reader.api.patch(`/v1/data/articles/${published.id}`, { title: "Mine" }),
    403,
    "data/permission-denied",
  ],
];

describe("a request that breaks several rules gets the error of the first", () => {
  test.each(violations)("%s", async (_, call, status, code) => {
    expect(await call()).toMatchObject({ status, code });
  });
});

test("the rate limits of an account are checked after the body", async () => {
  const { email } = await newUser();
  const guess = (password: unknown) =>
    guest().post("/v1/auth/email/signin", { method: "password", email, password });
  for (let failures = 0; failures < 10; failures++) await guess("wrong");

  expect(await guess(7)).toMatchObject({ status: 400, code: "common/validation-error" });
  expect(await guess("wrong")).toMatchObject({ status: 429, code: "auth/too-many-requests" });
});

describe("a body with several errors gets the most specific error code", () => {
  const signUpBody = { method: "password", email: "a@example.com", password: "a fine day", name: "N" };

  test.each<[string, string, Record<string, unknown>, string]>([
    [
      "an email that is missing",
      "signup",
      { ...signUpBody, email: undefined, name: 1 },
      "auth/invalid-email",
    ],
    ["an email that is not a string", "signup", { ...signUpBody, email: 1, extra: 1 }, "auth/invalid-email"],
    ["an email that is malformed", "signup", { ...signUpBody, email: "a@", method: 1 }, "auth/invalid-email"],
    ["an email before a password", "signup", { method: 1 }, "auth/invalid-email"],
    [
      "a new password that is missing",
      "signup",
      { ...signUpBody, password: undefined, name: "" },
      "auth/invalid-password-format",
    ],
    [
      "a new password that is not a string",
      "signup",
      { ...signUpBody, password: {} },
      "auth/invalid-password-format",
    ],
    [
      "a new password that is too short",
      "signup",
      { ...signUpBody, password: "abc" },
      "auth/invalid-password-format",
    ],
    ["an email at sign-in", "signin", { password: 1 }, "auth/invalid-email"],
    [
      "a password at sign-in, which has no specific code",
      "signin",
      { ...signUpBody, password: 1, name: undefined },
      "common/validation-error",
    ],
    ["a method that does not exist", "signup", { ...signUpBody, method: "sms" }, "common/validation-error"],
  ])("%s", async (_, endpoint, body, code) => {
    expect(await guest().post(`/v1/auth/email/${endpoint}`, body)).toMatchObject({ status: 400, code });
  });
});
