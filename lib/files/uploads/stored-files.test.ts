import { randomUUID } from "node:crypto";
import { afterEach, expect, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import type { File } from "@/lib/generated/prisma/client";
import { localStore } from "@/lib/storage/local-store";
import { picture } from "@/lib/testing/pictures";
import { registerFile, storageNameOf, writeUpload } from "./stored-files";

afterEach(() => vi.restoreAllMocks());

async function newUpload(kind: "avatar" | "file"): Promise<File> {
  const { id: ownerId } = await db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Minji" },
  });
  const upload = {
    kind,
    visibility: "public",
    ownerId,
    originalName: "a.jpg",
    mimeType: "image/jpeg",
  } as const;
  const key = await writeUpload(upload, await picture("jpeg"));
  return db.file.findUniqueOrThrow({ where: { key } });
}

/** Runs something once the registered image is in the store, before its row is updated. */
function afterStoring(act: () => Promise<void>): void {
  const { write } = localStore;
  vi.spyOn(localStore, "write").mockImplementationOnce(async (...args) => {
    const version = await write(...args);
    await act();
    return version;
  });
}

test.each(["avatar", "file"] as const)(
  "an upload (%s) can be registered again after a crash",
  async (kind) => {
    const file = await newUpload(kind);
    afterStoring(async () => {
      throw new Error("The server crashed.");
    });
    await expect(registerFile(file)).rejects.toThrow("crashed");
    const mimeType = kind === "avatar" ? "image/webp" : "image/jpeg";
    const again = await db.file.findUniqueOrThrow({ where: { id: file.id } });
    expect(await registerFile(again)).toMatchObject({ mimeType, registeredAt: expect.any(Date) });
  },
);

test("an image whose row is deleted while it is registered leaves nothing in the store", async () => {
  const file = await newUpload("file");
  afterStoring(async () => {
    await db.file.delete({ where: { id: file.id } });
  });
  await expect(registerFile(file, { visibility: "private" })).rejects.toMatchObject({
    code: "file/not-found",
  });
  for (const visibility of ["public", "private"] as const) {
    expect(await localStore.read(storageNameOf({ ...file, visibility }))).toBeNull();
  }
});
