import { beforeAll, describe, expect, test } from "vitest";
import { type Answer, type Caller, guest } from "@/lib/testing/caller";
import { type ArticleAnswer, newcomer, type Person, writeArticle } from "@/lib/testing/people";

const text = { "Content-Type": "text/plain" };
const noKey = { "X-API-Key": null };
const badToken = { Authorization: "Bearer nonsense" };
const tooLarge = " ".repeat(2_000_000);

let author: Person;
let reader: Person;
let draft: ArticleAnswer;
let published: ArticleAnswer;
/** A caller whose address has used up its requests of a minute. */
let eager: Caller;

beforeAll(async () => {
  [author, reader] = await Promise.all([newcomer(), newcomer()]);
  draft = await writeArticle(author);
  published = await writeArticle(author, { isPublished: true });

  eager = guest();
  while (
    (await Promise.all(Array.from({ length: 20 }, () => eager.get("/v1/auth/me")))).at(-1)?.status !== 429
  );
});

/** Each request breaks the rule that it names, and those after it. */
const refusals: [string, () => Promise<Answer>, number, string][] = [
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
    () => eager.post("/v1/data/articles", tooLarge, { ...noKey, ...badToken, ...text }),
    400,
    "common/missing-header",
  ],
  [
    "the address's limits",
    () => eager.post("/v1/data/articles", tooLarge, { ...badToken, ...text }),
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

describe("of several rules that a request breaks, it hears of the first", () => {
  test.each(refusals)("%s", async (_, call, status, code) => {
    expect(await call()).toMatchObject({ status, code });
  });
});

test("an account's limits come after the shape", async () => {
  const { email } = await newcomer();
  const guess = (password: unknown) =>
    guest().post("/v1/auth/email/signin", { method: "password", email, password });
  for (let failures = 0; failures < 10; failures++) await guess("wrong");

  expect(await guess(7)).toMatchObject({ status: 400, code: "common/validation-error" });
  expect(await guess("wrong")).toMatchObject({ status: 429, code: "auth/too-many-requests" });
});

describe("where the shape breaks several rules, the more specific code wins", () => {
  const application = { method: "password", email: "a@example.com", password: "a fine day", name: "N" };

  test.each<[string, string, Record<string, unknown>, string]>([
    [
      "an email that is missing",
      "signup",
      { ...application, email: undefined, name: 1 },
      "auth/invalid-email",
    ],
    ["an email that is not text", "signup", { ...application, email: 1, extra: 1 }, "auth/invalid-email"],
    [
      "an email that is malformed",
      "signup",
      { ...application, email: "a@", method: 1 },
      "auth/invalid-email",
    ],
    ["an email before a password", "signup", { method: 1 }, "auth/invalid-email"],
    [
      "a new password that is missing",
      "signup",
      { ...application, password: undefined, name: "" },
      "auth/invalid-password-format",
    ],
    [
      "a new password that is not text",
      "signup",
      { ...application, password: {} },
      "auth/invalid-password-format",
    ],
    [
      "a new password that is too short",
      "signup",
      { ...application, password: "abc" },
      "auth/invalid-password-format",
    ],
    ["an email at sign-in", "signin", { password: 1 }, "auth/invalid-email"],
    [
      "a password at sign-in has no code",
      "signin",
      { ...application, password: 1, name: undefined },
      "common/validation-error",
    ],
    ["a method that does not exist", "signup", { ...application, method: "sms" }, "common/validation-error"],
  ])("%s", async (_, endpoint, body, code) => {
    expect(await guest().post(`/v1/auth/email/${endpoint}`, body)).toMatchObject({ status: 400, code });
  });
});
