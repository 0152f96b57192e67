import { describe, expect, inject, test } from "vitest";
import { freshAddress, guest } from "@/lib/testing/caller";
import { newEmail, newUser } from "@/lib/testing/people";
import { sendRaw } from "@/lib/testing/raw-request";

const signUp = "/v1/auth/email/signup";
const signIn = "/v1/auth/email/signin";
const mebibyte = 1024 * 1024;

const signUpBody = () => ({ method: "password", email: newEmail(), password: "a fine day", name: "홍길동" });

describe("a request body, as JSON,", () => {
  test.each<[string, string | Uint8Array]>([
    ["bad JSON", "{'email': 1}"],
    ["truncated JSON", '{"email": "a@'],
    ["an empty body", ""],
    ["two values", "{} {}"],
    [
      "invalid UTF-8",
      Buffer.concat([Buffer.from('{"name": "'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
    ],
    ["UTF-16", Buffer.from('{"name": "a"}', "utf16le")],
  ])("is rejected when it is %s", async (_, body) => {
    expect(await guest().post(signUp, body)).toMatchObject({ status: 400, code: "common/invalid-json" });
  });

  test.each([
    ["text", "text/plain"],
    ["a form", "application/x-www-form-urlencoded"],
    ["a multipart form", "multipart/form-data; boundary=x"],
    ["JSONP", "application/jsonp"],
    ["JSON as text", "text/json"],
  ])("is rejected with the media type of %s", async (_, type) => {
    const answer = await guest().post(signUp, JSON.stringify(signUpBody()), { "Content-Type": type });
    expect(answer).toMatchObject({ status: 415, code: "common/unsupported-media-type" });
  });

  test("is rejected without a media type", async () => {
    const bytes = Buffer.from(JSON.stringify(signUpBody()));
    const answer = await guest().post(signUp, bytes, { "Content-Type": null });
    expect(answer).toMatchObject({ status: 415, code: "common/unsupported-media-type" });
  });

  test.each([
    ["with a charset", "application/json; charset=utf-8"],
    ["in capitals", "Application/JSON"],
    ["of a kind of JSON (+json)", "application/merge-patch+json"],
  ])("is accepted with a media type %s", async (_, type) => {
    const answer = await guest().post(signUp, JSON.stringify(signUpBody()), { "Content-Type": type });
    expect(answer).toMatchObject({ status: 201 });
  });

  test("is accepted with a byte order mark", async () => {
    expect(await guest().post(signUp, `\ufeff${JSON.stringify(signUpBody())}`)).toMatchObject({
      status: 201,
    });
  });
});

describe("a request body larger than 1 MiB", () => {
  /** JSON of exactly `bytes` bytes. */
  const ofSize = (bytes: number) => {
    const empty = JSON.stringify({ ...signUpBody(), name: "" });
    return empty.replace('"name":""', `"name":"${"n".repeat(bytes - empty.length)}"`);
  };

  test("is rejected by its Content-Length", async () => {
    const answer = await guest().post(signUp, ofSize(mebibyte + 1));
    expect(answer).toMatchObject({ status: 413, code: "common/payload-too-large" });
  });

  test("is rejected by the bytes received if it has no Content-Length", async () => {
    const answer = await guest().post(signUp, new Blob([ofSize(mebibyte + 1)]).stream());
    expect(answer).toMatchObject({ status: 413, code: "common/payload-too-large" });
  });

  test("is read to its end, so that a client that sends it in chunks can read the error", async () => {
    const answer = await guest().post(signUp, new Blob([ofSize(20 * mebibyte)]).stream());
    expect(answer).toMatchObject({ status: 413, code: "common/payload-too-large" });
  });

  test("is rejected, while one of exactly 1 MiB is read, with and without a Content-Length", async () => {
    const body = ofSize(mebibyte);
    for (const framed of [body, new Blob([body]).stream()]) {
      expect(await guest().post(signUp, framed)).toMatchObject({
        status: 400,
        code: "common/validation-error",
      });
    }
  });

  test("leaves the connection usable for the next request", async () => {
    const visitor = guest();
    await visitor.post(signUp, ofSize(2 * mebibyte));
    expect(await visitor.get("/v1/data/articles?limit=1")).toMatchObject({ status: 200 });
  });
});

describe("a request body with an invalid shape", () => {
  test.each<[string, unknown]>([
    ["a list", []],
    ["null", null],
    ["a string", '"text"'],
    ["a number", 1],
  ])("is rejected when it is %s instead of an object", async (_, body) => {
    expect(await guest().post(signUp, body)).toMatchObject({ status: 400, code: "common/validation-error" });
  });

  test.each<[string, Record<string, unknown>]>([
    ["role", { role: "admin" }],
    ["emailVerified", { emailVerified: true }],
    ["id", { id: "1" }],
    ["passwordHash", { passwordHash: "x" }],
    ["bannedAt", { bannedAt: null }],
    ["constructor", { constructor: { prototype: { role: "admin" } } }],
    ["a misspelt field", { nmae: "x" }],
  ])("is rejected with the unknown field %s, and nothing is stored", async (_, extra) => {
    const body = { ...signUpBody(), ...extra };
    expect(await guest().post(signUp, body)).toMatchObject({
      status: 400,
      code: "common/validation-error",
      body: { error: { details: [{ path: Object.keys(extra)[0] }] } },
    });

    const { email, password } = body;
    expect(await guest().post(signIn, { method: "password", email, password })).toMatchObject({
      status: 401,
    });
  });

  test("is rejected with __proto__, which does not affect the next request", async () => {
    const body = JSON.stringify(signUpBody()).replace("{", '{"__proto__": {"role": "admin"},');
    expect(await guest().post(signUp, body)).toMatchObject({ status: 400, code: "common/validation-error" });

    const { api } = await newUser();
    expect(await api.get("/v1/auth/me")).toMatchObject({ status: 200, body: { role: "user" } });
  });

  test("has the last value of a duplicate key, everywhere", async () => {
    const [first, second] = [newEmail(), newEmail()];
    const body = JSON.stringify({ ...signUpBody(), email: second }).replace("{", `{"email": "${first}",`);
    expect(await guest().post(signUp, body)).toMatchObject({ status: 201 });

    const signInAs = (email: string) =>
      guest().post(signIn, { method: "password", email, password: signUpBody().password });
    expect(await signInAs(first)).toMatchObject({ status: 401 });
    expect(await signInAs(second)).toMatchObject({ status: 200 });
  });

  test.each([
    ["objects", '{"a":', "1", "}"],
    ["lists", "[", "", "]"],
  ])("is rejected with ten thousand nested %s", async (_, open, middle, close) => {
    const body = `{"method": "password", "name": ${open.repeat(10_000)}${middle}${close.repeat(10_000)}}`;
    expect(await guest().post(signIn, body)).toMatchObject({ status: 400 });
  });

  test("gets only the first twenty of many errors", async () => {
    const body = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`key${index}`, index]));
    const { status, body: answer } = await guest().post<{ error: { details: unknown[] } }>(signIn, body);
    expect(status).toBe(400);
    expect(answer.error.details).toHaveLength(20);
  });
});

describe("an error response", () => {
  test("has a code, a message, and the invalid fields", async () => {
    const { status, body } = await guest().post(signUp, {
      ...signUpBody(),
      name: " ",
      termsAccepted: false,
    });
    expect(status).toBe(400);
    expect(body).toStrictEqual({
      error: {
        code: "common/validation-error",
        message: expect.any(String),
        details: [
          { path: "name", message: expect.any(String) },
          { path: "termsAccepted", message: expect.any(String) },
        ],
      },
    });
  });

  test("has no details if no field is invalid", async () => {
    const { body } = await guest().get("/v1/auth/me");
    expect(body).toStrictEqual({ error: { code: "auth/unauthorized", message: expect.any(String) } });
    const missing = await guest().get("/v1/data/articles/%00");
    expect(missing.body).toStrictEqual({ error: { code: "data/not-found", message: expect.any(String) } });
  });

  test.each([
    ["English by default", null, "en"],
    ["English", "en", "en"],
    ["Korean", "ko", "ko"], // part: korean
    ["Korean of Korea before English", "ko-KR,ko;q=0.9,en;q=0.8", "ko"], // part: korean
    ["English before Korean", "ko;q=0.5, en", "en"],
    ["no supported language", "fr, de;q=0.5", "en"],
    ["nonsense", ";;q=,", "en"],
  ])("is in the requested language: %s", async (_, acceptLanguage, language) => {
    const { body } = await guest().post<{ error: { message: string; details: { message: string }[] } }>(
      signUp,
      { ...signUpBody(), email: "not-an-address" },
      { "Accept-Language": acceptLanguage },
    );
    const { message, details } = body.error;
    for (const text of [message, details[0]?.message]) {
      expect(/\p{Script=Hangul}/u.test(text ?? "") ? "ko" : "en").toBe(language);
    }
  });
});

describe("a POST that needs no body", () => {
  test.each<[string, string[], string | undefined]>([
    ["without a body", [], undefined],
    ["with an empty body", ["Content-Length", "0"], undefined],
    ["with an empty JSON body", ["Content-Type", "application/json", "Content-Length", "0"], undefined],
    ["with an object", ["Content-Type", "application/json", "Content-Length", "2"], "{}"],
    ["with a text body", ["Content-Type", "text/plain", "Content-Length", "2"], "ok"],
  ])("works %s", async (_, headers, body) => {
    const { tokens } = await newUser();
    const answer = await sendRaw(inject("appUrl"), {
      method: "POST",
      path: "/api/v1/auth/signout",
      headers: [
        ...["X-API-Key", inject("publishableKey"), "X-Forwarded-For", freshAddress()],
        ...["Authorization", `Bearer ${tokens.accessToken}`],
        ...headers,
      ],
      body,
    });
    expect(answer.status).toBe(200);
    expect(await guest().as(tokens.accessToken).get("/v1/auth/me")).toMatchObject({
      code: "auth/invalid-token",
    });
  });
});
