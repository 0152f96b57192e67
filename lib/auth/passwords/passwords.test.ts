import { randomUUID } from "node:crypto";
import { beforeEach, expect, test, vi } from "vitest";
import { requirePassword } from "@/lib/auth/sign-in";
import type { Client } from "@/lib/core/client";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { newPassword } from "./contract";
import { requireCurrentPassword } from "./current-password";
import * as pool from "./hash-pool";
import { hashPassword, verifyPassword } from "./passwords";

const composed = "여백과 글자";
const decomposed = composed.normalize("NFD");

beforeEach(() => {
  vi.restoreAllMocks();
});

// Must run first, before the decoy is made.
test("makes the decoy hash again after the first attempt failed", async () => {
  vi.spyOn(pool, "runHashJob").mockImplementationOnce(() => {
    throw new AppError("common/unavailable");
  });
  await expect(verifyPassword("abc123", null)).rejects.toThrow(AppError);
  expect(await verifyPassword("abc123", null)).toBe(false);
});

test("a password matches in composed and decomposed form", async () => {
  for (const chosen of [composed, decomposed]) {
    const hash = await hashPassword(chosen);
    expect(await verifyPassword(composed, hash)).toBe(true);
    expect(await verifyPassword(decomposed, hash)).toBe(true);
    expect(await verifyPassword("another", hash)).toBe(false);
  }
});

test("a password of a megabyte of combining marks does not match", async () => {
  const marks = `a${"\u0301\u0323".repeat(250_000)}`;
  expect(newPassword.safeParse(marks).error?.issues).toMatchObject([{ message: "passwordTooLong" }]);
  expect(await verifyPassword(marks, await hashPassword("another"))).toBe(false);
});

test("an older hash of a decomposed password still matches it", async () => {
  const hash = await pool.runHashJob({ kind: "hash", password: decomposed, cost: 4 });
  expect(await verifyPassword(decomposed, hash)).toBe(true);
});

test.each([composed, decomposed, "abc123"])(
  "a wrong password %j costs as many hashes as an unknown user",
  async (password) => {
    const hash = await hashPassword("another");
    await verifyPassword(password, null);
    const compared = vi.spyOn(pool, "runHashJob");
    expect(await verifyPassword(password, null)).toBe(false);
    const forUnknown = compared.mock.calls.length;
    expect(await verifyPassword(password, hash)).toBe(false);
    expect(compared.mock.calls.length - forUnknown).toBe(forUnknown);
    expect(forUnknown).toBe(password === decomposed ? 2 : 1);
  },
);

const client: Client = { ip: "192.0.2.1", userAgent: null, locale: "en", requestId: "test" };

test.each<[string, (user: { id: string; email: string }, password: string) => Promise<unknown>]>([
  ["at sign-in", ({ email }, password) => requirePassword({ email, password }, client)],
  ["as the current one", ({ id }, password) => requireCurrentPassword(password, { id, sessionId: id })],
])(
  "a password %s that a busy server could not compare does not count as a wrong one",
  async (_name, verify) => {
    const passwordHash = await pool.runHashJob({ kind: "hash", password: "abc123", cost: 4 });
    const data = { email: `${randomUUID()}@example.com`, name: "Minji", passwordHash };
    const user = await db.user.create({ data });

    const busy = vi.spyOn(pool, "runHashJob").mockImplementation(() => {
      throw new AppError("common/unavailable");
    });
    for (let attempts = 1; attempts <= 11; attempts += 1) {
      await expect(verify(user, "abc123")).rejects.toMatchObject({ code: "common/unavailable" });
    }
    busy.mockRestore();
    for (let attempts = 1; attempts <= 9; attempts += 1) {
      await expect(verify(user, "wrong")).rejects.toMatchObject({ code: "auth/invalid-credentials" });
    }
    await verify(user, "abc123");
  },
);
