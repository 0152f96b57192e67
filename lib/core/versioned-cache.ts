import "server-only";
import { LRUCache } from "lru-cache";
import { readContentVersion } from "./content-version";

/**
 * Caches values that are derived from public content, each for the content version that was read before the value was
 * made. A reader therefore sees every write that was committed before the request, on every instance.
 */
export class VersionedCache<Value extends object> {
  private readonly kept: LRUCache<string, { version: string; value: Value }>;
  private readonly making = new Map<string, Promise<Value | null>>();

  /** @param sizeOf roughly in bytes, the unit of `maxSize`; beyond it the least recently used value is evicted. */
  constructor({ maxSize, sizeOf }: { maxSize: number; sizeOf: (value: Value) => number }) {
    this.kept = new LRUCache({
      maxSize,
      sizeCalculation: ({ value }, key) => sizeOf(value) + key.length + 200,
    });
  }

  /** @returns the current version of the content, and the value that is cached for it. */
  async find(key: string): Promise<{ version: string; value: Value | undefined }> {
    const version = await readContentVersion();
    const kept = this.kept.get(key);
    return { version, value: kept?.version === version ? kept.value : undefined };
  }

  /**
   * Makes a value once per key and version; concurrent calls wait for it.
   *
   * @param version from `find`, read before the value is made.
   * @param make returns null for a value that must not be cached.
   */
  make<Made extends Value | null>(
    key: string,
    version: string,
    make: () => Promise<Made>,
  ): Promise<Value | null> {
    const name = `${version} ${key}`;
    const inFlight = this.making.get(name);
    if (inFlight) return inFlight;
    const made = make()
      .then((value) => {
        if (value !== null) this.kept.set(key, { version, value });
        return value;
      })
      .finally(() => this.making.delete(name));
    this.making.set(name, made);
    return made;
  }
}
