import { hashSync } from "bcryptjs";
import { expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import { runHashJob } from "./hash-pool";

/** Cheap, so that a test can compare many. */
const hash = hashSync("right", 4);
const compare = (password: string) => runHashJob({ kind: "compare", password, hash });

test("hashes and compares passwords in worker threads, and returns each caller its own result", async () => {
  const made = await runHashJob({ kind: "hash", password: "right", cost: 4 });
  expect(made).toMatch(/^\$2[aby]\$04\$/);

  const passwords = Array.from({ length: 40 }, (_, index) => (index % 3 === 0 ? "right" : "wrong"));
  expect(await Promise.all(passwords.map(compare))).toEqual(
    passwords.map((password) => password === "right"),
  );
});

test("rejects callers beyond a hundred in the queue at once, and serves the others", async () => {
  const callers = Array.from({ length: 200 }, async () => compare("right"));
  const outcomes = await Promise.allSettled(callers);

  const rejections = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason);
  expect(rejections.length).toBeGreaterThan(0);
  for (const reason of rejections) {
    expect(reason).toBeInstanceOf(AppError);
    expect(reason).toMatchObject({ code: "common/unavailable", status: 503, retryAfterSeconds: 5 });
  }
  const served = outcomes.filter((outcome) => outcome.status === "fulfilled");
  expect(served.length).toBeGreaterThanOrEqual(100);
  expect(await compare("right")).toBe(true);
});
