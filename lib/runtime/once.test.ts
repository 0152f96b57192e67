import { expect, test, vi } from "vitest";
import { once } from "./once";

test("makes a value once for all callers", async () => {
  const make = vi.fn(async () => ({}));
  const value = once(make);
  const [first, second] = await Promise.all([value(), value()]);
  expect(second).toBe(first);
  expect(await value()).toBe(first);
  expect(make).toHaveBeenCalledTimes(1);
});

test("shares a failure with the callers that wait for it, and tries again at the next call", async () => {
  const make = vi.fn(async () => "made").mockRejectedValueOnce(new Error("Not now."));
  const value = once(make);
  const outcomes = await Promise.allSettled([value(), value()]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(make).toHaveBeenCalledTimes(1);
  expect(await value()).toBe("made");
  expect(make).toHaveBeenCalledTimes(2);
});
