import { expect, test } from "vitest";
import { guest } from "@/lib/testing/caller";
import { newUser, signInAgain } from "@/lib/testing/people";

test("sign-out revokes both tokens of the session, and a second sign-out is rejected", async () => {
  const { api, tokens } = await newUser();
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

test("sign-out keeps the user's other sessions", async () => {
  const person = await newUser();
  const elsewhere = guest().as((await signInAgain(person)).accessToken);
  await elsewhere.post("/v1/auth/signout");
  expect(await person.api.get("/v1/auth/me")).toMatchObject({ status: 200 });
});

test("sign-out rejects a guest", async () => {
  expect(await guest().post("/v1/auth/signout")).toMatchObject({ status: 401, code: "auth/unauthorized" });
});

// part: korean
test("sign-out returns its message in the requested language", async () => {
  const { api } = await newUser();
  const { body } = await api.post<{ message: string }>("/v1/auth/signout", undefined, {
    "Accept-Language": "ko",
  });
  expect(body.message).toMatch(/\p{Script=Hangul}/u);
});
// end of part: korean
