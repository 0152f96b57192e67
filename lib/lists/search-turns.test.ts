import { expect, test } from "vitest";
import { isEmbeddedDatabase } from "@/lib/core/db";
import { searchInTurn } from "./search-turns";

test("few searches run at once, others wait, and the rest is refused", async () => {
  const running = new Set<() => void>();
  let mostAtOnce = 0;
  const search = () =>
    searchInTurn(async () => {
      await new Promise<void>((resolve) => {
        running.add(resolve);
        mostAtOnce = Math.max(mostAtOnce, running.size);
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
  expect(mostAtOnce).toBe(atOnce);
  expect(results.filter((result) => result === "found")).toHaveLength(atOnce + 30);
  expect(results.at(-1)).toMatchObject({ code: "common/unavailable", retryAfterSeconds: 2 });

  // A search that fails gives its turn back, too.
  for (let round = 0; round < 5; round += 1) {
    await expect(searchInTurn(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  }
  expect(await searchInTurn(async () => "found")).toBe("found");
});
