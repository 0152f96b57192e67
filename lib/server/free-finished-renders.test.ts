import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, test } from "vitest";
import { freeFinishedRenders } from "./free-finished-renders";

const { abort } = AbortController.prototype;
afterEach(() => {
  AbortController.prototype.abort = abort;
});

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

/** Aborts in a method of an object. @returns the object, unless it is garbage-collected. */
function abortInObject(controller: AbortController): WeakRef<object> {
  const render = {
    end() {
      controller.abort(new Error("The render is complete."));
    },
  };
  render.end();
  return new WeakRef(render);
}

test("the reason of an abort does not keep its creator alive, and has its stack", async () => {
  freeFinishedRenders();
  const controller = new AbortController();
  const render = abortInObject(controller);
  await setImmediate();
  collectGarbage();

  expect(render.deref()).toBeUndefined();
  expect(controller.signal.reason.stack).toContain("The render is complete.");
  expect(controller.signal.reason.stack).toContain("abortInObject");
});

test("an abort without a reason is unchanged", () => {
  freeFinishedRenders();
  const controller = new AbortController();
  controller.abort();
  expect(controller.signal.aborted).toBe(true);
  expect(controller.signal.reason).toMatchObject({ name: "AbortError" });
});
