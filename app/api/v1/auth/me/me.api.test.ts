import { expect, test } from "vitest";
import { guest } from "@/lib/testing/caller";
import { queryDatabase } from "@/lib/testing/database/query-database";
import { newUser } from "@/lib/testing/people";

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

test("/me returns the signed-in user's account without internal fields", async () => {
  const { api, id, email, name } = await newUser();
  const { status, body } = await api.get("/v1/auth/me");
  expect(status).toBe(200);
  expect(body).toStrictEqual({
    id,
    email,
    name,
    emailVerified: false,
    mfaEnabled: false,
    role: "user",
    image: null,
    createdAt: expect.stringMatching(time),
    updatedAt: expect.stringMatching(time),
  });
});

test("/me shows changes at the next request", async () => {
  const { api, id } = await newUser();
  await queryDatabase(
    `UPDATE "User" SET "emailVerified" = now(), role = 'admin', image = 'https://example.com/a.png' WHERE id = $1`,
    id,
  );
  expect(await api.get("/v1/auth/me")).toMatchObject({
    body: { emailVerified: true, role: "admin", image: "https://example.com/a.png" },
  });
});

test("/me rejects a guest", async () => {
  expect(await guest().get("/v1/auth/me")).toMatchObject({ status: 401, code: "auth/unauthorized" });
});
