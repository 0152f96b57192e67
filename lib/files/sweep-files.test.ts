import { randomBytes, randomUUID } from "node:crypto";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, inject, test, vi } from "vitest";
import { db } from "@/lib/core/db";
import type { File, Prisma } from "@/lib/generated/prisma/client";
import { localStore } from "@/lib/storage/local-store";
import { sweepFilesThoroughly } from "./sweep-files";

const { read, remove } = localStore;
const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3600 * 1000);

afterEach(() => vi.restoreAllMocks());

async function newFile(fields: Partial<Prisma.FileUncheckedCreateInput> = {}): Promise<File> {
  const { id: ownerId } = await db.user.create({
    data: { email: `${randomUUID()}@example.com`, name: "Minji" },
  });
  const [key, privateName] = [randomBytes(16).toString("hex"), randomBytes(16).toString("hex")];
  const version = await localStore.write(`files/${key}`, Buffer.from("bytes"), "image/png");
  const file = { kind: "file", visibility: "public", originalName: "a.png", mimeType: "image/png" } as const;
  const times = { uploadExpiresAt: hoursAgo(1), registeredAt: hoursAgo(1), settledAt: hoursAgo(1) };
  return db.file.create({ data: { ...file, ...times, version, key, privateName, ownerId, ...fields } });
}

async function isStored({ key }: File): Promise<boolean> {
  const stored = await localStore.read(`files/${key}`);
  await stored?.body.cancel();
  return stored !== null;
}

/** Fails for one file. */
function failFor<Result>({ key }: File, works: (name: string) => Promise<Result>) {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  return async (name: string) => {
    if (name.includes(key)) throw new Error("The store cannot handle this file.");
    return works(name);
  };
}

test("a sweep removes the other unused files when one cannot be removed", async () => {
  const other = await newFile({ removedAt: hoursAgo(2) });
  const broken = await newFile({ removedAt: hoursAgo(1) });
  vi.spyOn(localStore, "remove").mockImplementation(failFor(broken, remove));
  await sweepFilesThoroughly();
  expect(await isStored(other)).toBe(false);
  expect(await db.file.findMany({ where: { id: { in: [broken.id, other.id] } } })).toMatchObject([
    { id: broken.id },
  ]);
  expect(console.error).toHaveBeenCalledWith(expect.stringContaining(broken.id));

  vi.restoreAllMocks();
  await sweepFilesThoroughly();
  expect(await isStored(broken)).toBe(false);
});

test("a sweep removes unused files and checks the others when one cannot be checked", async () => {
  const broken = await newFile({ settledAt: null });
  const unchecked = await newFile({ settledAt: null });
  const unused = await newFile({ removedAt: hoursAgo(1) });
  vi.spyOn(localStore, "read").mockImplementation(failFor(broken, read));
  await sweepFilesThoroughly();
  expect(await isStored(unused)).toBe(false);
  const settled = await db.file.findUniqueOrThrow({ where: { id: unchecked.id } });
  expect(settled.settledAt).not.toBeNull();
});

test("a sweep ends if no file can be removed", async () => {
  const files = await Promise.all(Array.from({ length: 100 }, () => newFile({ removedAt: hoursAgo(1) })));
  vi.spyOn(localStore, "remove").mockRejectedValue(new Error("The store is down."));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await sweepFilesThoroughly();
  vi.restoreAllMocks();
  await sweepFilesThoroughly();
  expect(await db.file.count({ where: { id: { in: files.map(({ id }) => id) } } })).toBe(0);
});

test("a sweep removes what a crash left of an upload, but not an upload that is still arriving", async () => {
  const folder = join(inject("dataDir"), "files", "incoming");
  await mkdir(folder, { recursive: true });
  const [old, current] = [randomUUID(), randomUUID()];
  for (const [name, hours] of [[old, 25] as const, [current, 0.5] as const]) {
    await writeFile(join(folder, name), "bytes");
    await utimes(join(folder, name), hoursAgo(hours), hoursAgo(hours));
  }
  await sweepFilesThoroughly();
  const left = await readdir(folder);
  expect(left).not.toContain(old);
  expect(left).toContain(current);
});
