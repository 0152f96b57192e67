/** The first match wins: most browsers also claim to be the ones further down. */
const browsers = [
  ["Edge", /Edg(e|A|iOS)?\//],
  ["Opera", /OPR\//],
  ["Samsung Internet", /SamsungBrowser\//],
  ["Whale", /Whale\//],
  ["Firefox", /(Firefox|FxiOS)\//],
  ["Chrome", /(Chrome|CriOS)\//],
  ["Safari", /Version\/.*Safari\//],
  ["curl", /^curl\//],
  ["Node.js", /^(node|undici)\b/],
] as const;

const systems = [
  ["iOS", /iPhone|iPad|iPod/],
  ["Android", /Android/],
  ["Windows", /Windows/],
  ["macOS", /Mac OS X|Macintosh/],
  ["ChromeOS", /CrOS/],
  ["Linux", /Linux/],
] as const;

/**
 * Describes a device by its `User-Agent` header, so that its owner recognises it.
 *
 * @returns a text such as `Firefox on Linux`, or null if nothing is recognised.
 */
export function describeDevice(userAgent: string | null): string | null {
  const { browser, system } = recognizeDevice(userAgent);
  return browser && system ? `${browser} on ${system}` : (browser ?? system);
}

/** @returns the names of its browser and system, null if not recognised, for translated descriptions. */
export function recognizeDevice(userAgent: string | null): { browser: string | null; system: string | null } {
  const browser = browsers.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0] ?? null;
  const system = systems.find(([, pattern]) => pattern.test(userAgent ?? ""))?.[0] ?? null;
  return { browser, system };
}
