import { expect, test } from "vitest";
import { VersionedCache } from "./versioned-cache";

test("a cache holds no more than its size, and evicts what was used least recently", async () => {
  const cache = new VersionedCache<{ bytes: number }>({ maxSize: 10_000, sizeOf: ({ bytes }) => bytes });
  const { version } = await cache.find("any");
  const isKept = async (key: string) => (await cache.find(key)).value !== undefined;
  const keys = Array.from({ length: 100 }, (_, index) => `key-${index}`);
  for (const key of keys) {
    await cache.make(key, version, async () => ({ bytes: 1000 }));
    await cache.find("key-0");
  }
  const kept = [];
  for (const key of keys) if (await isKept(key)) kept.push(key);
  expect(kept).toEqual(["key-0", ...keys.slice(-7)]);
});

test("a value larger than the cache is returned and not kept", async () => {
  const cache = new VersionedCache<{ bytes: number }>({ maxSize: 10_000, sizeOf: ({ bytes }) => bytes });
  const { version } = await cache.find("large");
  expect(await cache.make("large", version, async () => ({ bytes: 10_000 }))).toEqual({ bytes: 10_000 });
  expect((await cache.find("large")).value).toBeUndefined();
});
