import { expect, test } from "vitest";
import { isEmbeddedDatabase } from "@/lib/core/db";
import { searchInTurn } from "./search-turns";

test("runs few searches at once, queues others, and rejects the rest", async () => {
  const running = new Set<() => void>();
  let mostRunning = 0;
  const search = () =>
    searchInTurn(async () => {
      await new Promise<void>((resolve) => {
        running.add(resolve);
        mostRunning = Math.max(mostRunning, running.size);
      });
      return "found";
    });
  const outcomes = Array.from({ length: 40 }, () => search().catch((error: unknown) => error));
  const settled = Promise.all(outcomes);
  let isSettled = false;
  void settled.then(() => {
    isSettled = true;
  });
  while (!isSettled) {
    for (const end of running) {
      running.delete(end);
      end();
    }
    await new Promise(setImmediate);
  }

  const results = await settled;
  const atOnce = isEmbeddedDatabase ? 1 : 2;
  expect(mostRunning).toBe(atOnce);
  expect(results.filter((result) => result === "found")).toHaveLength(atOnce + 30);
  expect(results.at(-1)).toMatchObject({ code: "common/unavailable", retryAfterSeconds: 2 });

  // A search that fails frees its slot, too.
  for (let round = 0; round < 5; round += 1) {
    await expect(searchInTurn(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  }
  expect(await searchInTurn(async () => "found")).toBe("found");
});
