import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { newPassword } from "@/lib/testing/app/secrets";
import { testSettings } from "@/lib/testing/app/settings";
import { startTestApp } from "@/lib/testing/app/start-test-app";
import { findChromium } from "../find-chromium";
import { startFloor } from "./floor-app";
import { median, rounded, verdict } from "./report";
import { postTo, storePhotograph } from "./store-photograph";

// Measures a guest's first visit to a page, with an empty cache, a CPU four times slower and a slow 4G network:
// npm run bench:browser
// Compares with a prerendered page of plain text, which shows what Next.js itself adds to every page.

/** In bytes of compressed JavaScript, without React and the router of Next.js. */
const maxOwnJavascript = 12_000;
/** Too small to see: letters that move by a fraction of a pixel when their font loads. */
const maxLayoutShift = 0.001;
const visits = 3;
const slowerProcessor = 4;
/** Lighthouse's slow 4G: 1.6 Mbit/s, and a round trip of 150 ms. */
const slowNetwork = {
  offline: false,
  latency: 150,
  downloadThroughput: (1.6 * 1024 * 1024) / 8,
  uploadThroughput: (750 * 1024) / 8,
};
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 };

type Visit = {
  largestPaintMs: number;
  layoutShift: number;
  blockingMs: number;
  requests: number;
  bytes: Record<string, number>;
  scripts: { file: string; bytes: number }[];
  /** Uploaded pictures: the width of the file, and the width on the screen in device pixels. */
  pictures: { wide: number; shown: number }[];
};

if (!existsSync(".next/BUILD_ID")) throw new Error("The benchmark needs the production build: npm run build");

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const floor = await startFloor({ ...testSettings, HOME_BYTES: "20000", ARTICLE_BYTES: "20000" });
  const bare = await measure("a prerendered page of words", browser, `${floor.url}/prerendered/20000`);
  await floor.stop();
  const app = await startTestApp({ RATE_LIMITS: "off" });
  try {
    const articlePath = await fill(app.url);
    for (const [name, path] of [
      ["home", "/"],
      ["an article with five pictures", articlePath],
    ] as const) {
      const visit = await measure(name, browser, app.url + path);
      const own = (visit.bytes.Script ?? 0) - (bare.bytes.Script ?? 0);
      verdict("  JavaScript of its own in bytes", own, "at most", maxOwnJavascript);
      verdict("  layout shift", visit.layoutShift, "at most", maxLayoutShift);
      const widest = Math.max(...visit.pictures.map(({ wide, shown }) => wide / shown));
      verdict("  pixels of a picture for each that is shown", widest, "at most", 2);
      for (const { file, bytes } of visit.scripts.toSorted((one, other) => other.bytes - one.bytes)) {
        console.log(`  ${String(bytes).padStart(7)}  ${file}`);
      }
    }
  } finally {
    await app.stop();
  }
} finally {
  await browser.close();
}

/** Visits a page several times, and prints the medians. @returns the last visit, with the medians. */
async function measure(name: string, browser: Browser, url: string): Promise<Visit> {
  // The first visit generates picture sizes and warms up the server.
  await visit(browser, url);
  const seen: Visit[] = [];
  for (let count = 0; count < visits; count += 1) seen.push(await visit(browser, url));
  const [last] = seen.slice(-1);
  if (!last) throw new Error("The page was not visited.");
  const middle = {
    ...last,
    largestPaintMs: median(seen.map(({ largestPaintMs }) => largestPaintMs)),
    blockingMs: median(seen.map(({ blockingMs }) => blockingMs)),
    layoutShift: Math.max(...seen.map(({ layoutShift }) => layoutShift)),
  };
  const total = Object.values(middle.bytes).reduce((sum, bytes) => sum + bytes, 0);
  const kinds = Object.entries(middle.bytes).map(([kind, bytes]) => `${kind} ${bytes}`);
  console.log(
    `${name}: LCP ${Math.round(middle.largestPaintMs)} ms, CLS ${rounded(middle.layoutShift)}, ` +
      `TBT ${Math.round(middle.blockingMs)} ms, ${middle.requests} requests, ${total} bytes (${kinds.join(", ")})`,
  );
  return middle;
}

async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ ...phone, locale: "en" });
  try {
    const page = await context.newPage();
    const session = await context.newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.emulateNetworkConditions", slowNetwork);
    await session.send("Emulation.setCPUThrottlingRate", { rate: slowerProcessor });
    const requests = new Map<string, { kind: string; file: string }>();
    const bytes: Record<string, number> = {};
    const scripts: Visit["scripts"] = [];
    session.on("Network.responseReceived", ({ requestId, type, response }) => {
      if (!response.url.startsWith("http")) return;
      requests.set(requestId, { kind: type, file: new URL(response.url).pathname });
    });
    session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = requests.get(requestId);
      if (!request) return;
      bytes[request.kind] = (bytes[request.kind] ?? 0) + encodedDataLength;
      if (request.kind === "Script") scripts.push({ file: request.file, bytes: encodedDataLength });
    });
    // The compiler wraps functions in a helper that pages do not have.
    await page.addInitScript({ content: "globalThis.__name = (named) => named;" });
    await page.addInitScript(watchPage);
    await page.goto(url, { waitUntil: "networkidle" });
    return { ...(await page.evaluate(readPage)), requests: requests.size, bytes, scripts };
  } finally {
    await context.close();
  }
}

type Watched = Window & { watched: Pick<Visit, "largestPaintMs" | "layoutShift" | "blockingMs"> };

/** Runs in the page before its own scripts. */
function watchPage(): void {
  const watched = { largestPaintMs: 0, layoutShift: 0, blockingMs: 0 };
  Object.assign(window, { watched });
  const observe = (type: string, note: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("largest-contentful-paint", ({ startTime }) => {
    watched.largestPaintMs = startTime;
  });
  observe("layout-shift", (entry) => {
    if ("value" in entry && typeof entry.value === "number") watched.layoutShift += entry.value;
  });
  observe("longtask", ({ startTime, duration }) => {
    const [painted] = performance.getEntriesByName("first-contentful-paint");
    if (painted && startTime > painted.startTime) watched.blockingMs += duration - 50;
  });
}

/** Runs in the page after it has loaded. */
function readPage(): Omit<Visit, "requests" | "bytes" | "scripts"> {
  const { watched } = window as unknown as Watched;
  const pictures = [...document.images]
    .map(({ currentSrc, width }) => ({
      asked: new URL(currentSrc || "about:blank").searchParams.get("width"),
      width,
    }))
    .flatMap(({ asked, width }) => (asked ? [{ wide: Number(asked), shown: width * devicePixelRatio }] : []));
  return { ...watched, pictures };
}

/** Creates twenty articles, half of them with a cover, and one with five pictures. @returns the path of the last. */
async function fill(appUrl: string): Promise<string> {
  const author = { email: "author@example.com", password: newPassword(), name: "Author" };
  const { accessToken } = await postTo(appUrl)<{ accessToken: string }>("/auth/email/signup", {
    method: "password",
    ...author,
  });
  const post = postTo(appUrl, accessToken);
  const words = "Words, and the room around them. ".repeat(12);
  const code = "```ts\nconst a = 1;\n```";
  for (let index = 0; index < 20; index += 1) {
    const cover = index % 2 === 0 && { coverImage: await storePhotograph(post) };
    await post("/data/articles", { title: `Article ${index}`, content: words, isPublished: true, ...cover });
  }
  const parts: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    parts.push(`## Part ${index}`, words, `![A photograph](${await storePhotograph(post)})`);
  }
  const content = [...parts, code].join("\n\n");
  const { id } = await post<{ id: string }>("/data/articles", { title: "Five", content, isPublished: true });
  return `/articles/five-${id}`;
}
