import { randomUUID } from "node:crypto";
import { expect, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import { localStore } from "@/lib/storage/local-store";
import { heavyPicture } from "@/lib/testing/pictures";
import { storeImage } from "./create-file";
import { ensureSize } from "./image-sizes";

test("concurrent requests for an image in a width share one rendering", async () => {
  const { id: ownerId } = await db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Minji" },
  });
  const { id, key } = await storeImage(
    { filename: "a.png", bytes: await heavyPicture(1024 * 1024) },
    ownerId,
  );
  const file = await db.file.findUniqueOrThrow({ where: { id } });
  const write = vi.spyOn(localStore, "write");
  const made = await Promise.all(Array.from({ length: 20 }, () => ensureSize(file, 320)));
  expect(made).toEqual(Array(20).fill(true));
  expect(write.mock.calls.map(([name]) => name)).toEqual([`files/${key}-320`]);
});
