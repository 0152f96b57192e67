import "server-only";
import { LRUCache } from "lru-cache";
import { readContentVersion } from "./content-version";

/**
 * Keeps what is made from the content that guests see, each value for the content version that was read before it was
 * made. A reader therefore gets every write that was committed before they asked, on every instance.
 */
export class VersionedCache<Value extends object> {
  private readonly kept: LRUCache<string, { version: string; value: Value }>;
  private readonly making = new Map<string, Promise<Value | null>>();

  /** @param sizeOf in bytes or so: the unit of `maxSize`, beyond which the least recently used value goes. */
  constructor({ maxSize, sizeOf }: { maxSize: number; sizeOf: (value: Value) => number }) {
    this.kept = new LRUCache({
      maxSize,
      sizeCalculation: ({ value }, key) => sizeOf(value) + key.length + 200,
    });
  }

  /** @returns the present version of the content, and the value that is kept for it. */
  async find(key: string): Promise<{ version: string; value: Value | undefined }> {
    const version = await readContentVersion();
    const kept = this.kept.get(key);
    return { version, value: kept?.version === version ? kept.value : undefined };
  }

  /**
   * Makes a value once for a key and version; calls that arrive meanwhile wait for it.
   *
   * @param version from `find`, read before the value is made.
   * @param make returns null for what is not kept.
   */
  make<Made extends Value | null>(
    key: string,
    version: string,
    make: () => Promise<Made>,
  ): Promise<Value | null> {
    const name = `${version} ${key}`;
    const underWay = this.making.get(name);
    if (underWay) return underWay;
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
