import { beforeEach, expect, test, vi } from "vitest";
import { AppError } from "@/lib/core/errors";
import { newPassword } from "./contract";
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
