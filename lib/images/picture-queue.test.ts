import { expect, test } from "vitest";
import { PictureQueue } from "./picture-queue";

/** Tasks that the test ends, and the order in which they ran. */
function tasks() {
  const order: string[] = [];
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    order,
    open: () => open(),
    first: () => opened,
    task: (name: string) => async () => {
      order.push(name);
      return name;
    },
  };
}

test("tasks of one account run in order, and those of other accounts take turns", async () => {
  const queue = new PictureQueue(50);
  const { order, open, first, task } = tasks();
  const all = [
    queue.add("a", first),
    ...["a1", "a2", "a3"].map((name) => queue.add("a", task(name))),
    ...["b1", "b2"].map((name) => queue.add("b", task(name))),
    queue.add("c", task("c1")),
  ];
  open();
  await Promise.all(all);
  expect(order).toEqual(["a1", "b1", "c1", "a2", "b2", "a3"]);
});

test("a full queue drops a task of the account with the most tasks", async () => {
  const queue = new PictureQueue(4);
  const { order, open, first, task } = tasks();
  const running = queue.add("a", first);
  const own = ["a1", "a2", "a3"].map((name) => queue.add("a", task(name)));
  const [, , last] = own;
  await expect(queue.add("a", task("a4"))).rejects.toMatchObject({ code: "common/unavailable" });
  const other = queue.add("b", task("b1"));
  await expect(last).rejects.toMatchObject({ code: "common/unavailable", status: 503 });
  open();
  await Promise.all([running, ...own.slice(0, 2), other]);
  expect(order).toEqual(["a1", "b1", "a2"]);
});

test("a failed task does not stop the ones after it", async () => {
  const queue = new PictureQueue(4);
  const failing = queue.add("a", async () => {
    throw new Error("broken");
  });
  const next = queue.add("a", async () => "next");
  await expect(failing).rejects.toThrow("broken");
  expect(await next).toBe("next");
});
