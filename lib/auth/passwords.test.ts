import { expect, test, vi } from "vitest";
import { ApiError } from "@/lib/http/errors";
import * as hashPool from "./hash-pool";
import { verifyPassword } from "./passwords";

test("compares with the decoy again after it could not be made the first time", async () => {
  vi.spyOn(hashPool, "runHashJob").mockImplementationOnce(() => {
    throw new ApiError("common/unavailable");
  });
  await expect(verifyPassword("abc123", null)).rejects.toThrow(ApiError);
  expect(await verifyPassword("abc123", null)).toBe(false);
});
