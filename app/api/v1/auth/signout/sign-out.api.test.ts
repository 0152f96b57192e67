import { expect, test } from "vitest";
import { guest } from "@/lib/testing/caller";
import { newcomer, signInAgain } from "@/lib/testing/people";

test("both tokens of the session are dead, and a second time is refused", async () => {
  const { api, tokens } = await newcomer();
  expect(await api.post("/v1/auth/signout")).toMatchObject({
    status: 200,
    body: { message: expect.any(String) },
  });

  expect(await api.get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/invalid-token" });
  expect(await api.post("/v1/auth/signout")).toMatchObject({ status: 401, code: "auth/invalid-token" });
  const { refreshToken } = tokens;
  expect(await guest().post("/v1/auth/refresh", { refreshToken })).toMatchObject({
    status: 401,
    code: "auth/invalid-refresh-token",
  });
});

test("other devices of the same person stay signed in", async () => {
  const person = await newcomer();
  const elsewhere = guest().as((await signInAgain(person)).accessToken);
  await elsewhere.post("/v1/auth/signout");
  expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
});

test("a guest has nothing to sign out of", async () => {
  expect(await guest().post("/v1/auth/signout")).toMatchObject({ status: 401, code: "auth/unauthorized" });
});

// part: korean
test("the message is in the language that is asked for", async () => {
  const { api } = await newcomer();
  const { body } = await api.post<{ message: string }>("/v1/auth/signout", undefined, {
    "Accept-Language": "ko",
  });
  expect(body.message).toMatch(/\p{Script=Hangul}/u);
});
// end of part: korean
