import { existsSync } from "node:fs";
import { type Browser, chromium } from "@playwright/test";
import { testSettings } from "@/lib/testing/app/settings";
import { startTestApp, type TestApp } from "@/lib/testing/app/start-test-app";
import { findChromium } from "../find-chromium";
import { startFloor } from "./floor-app";

// How much JavaScript a guest's browser is sent at the first visit of a page, with an empty cache, compressed as it
// travels: npm run bench:javascript
// Most of it is React and the router of Next.js, which every page of the App Router sends: the same is measured for a
// page of words alone, so that what is the blog's own can be told apart.

/**
 * In bytes: what the pages aim at in all, and what of it may be the blog's own. With the App Router of today the first
 * is out of reach, since an empty page weighs more; it stands here for the day when it does not.
 */
const targets = { home: { total: 100_000, own: 10_000 }, article: { total: 60_000, own: 10_000 } };

type Script = { file: string; bytes: number };

if (!existsSync(".next/BUILD_ID")) throw new Error("The benchmark needs the production build: npm run build");

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const floor = await measureFloor(browser);
  console.log(`Next.js itself: ${floor} bytes`);
  const app = await startTestApp();
  try {
    report("home", await scriptsOf(browser, app.url), floor);
    report("article", await scriptsOf(browser, `${app.url}/articles/${await writeArticle(app)}`), floor);
  } finally {
    await app.stop();
  }
} finally {
  await browser.close();
}

function report(name: keyof typeof targets, scripts: Script[], floor: number): void {
  const total = sizeOf(scripts);
  const { total: mostInAll, own: mostOwn } = targets[name];
  console.log(
    `${name}: ${total} bytes in ${scripts.length} scripts, ${total - floor} of them the blog's own`,
  );
  console.log(`  in all at most ${mostInAll}: ${total <= mostInAll ? "ok" : "MISSED"}`);
  console.log(`  its own at most ${mostOwn}: ${total - floor <= mostOwn ? "ok" : "MISSED"}`);
  for (const { file, bytes } of scripts.toSorted((one, other) => other.bytes - one.bytes)) {
    console.log(`  ${String(bytes).padStart(7)}  ${file}`);
  }
}

async function measureFloor(browser: Browser): Promise<number> {
  const floor = await startFloor(testSettings);
  try {
    return sizeOf(await scriptsOf(browser, floor.url));
  } finally {
    await floor.stop();
  }
}

function sizeOf(scripts: Script[]): number {
  return scripts.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Loads a page in a new window and waits until nothing more is under way. */
async function scriptsOf(browser: Browser, url: string): Promise<Script[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const files = new Map<string, string>();
  const scripts: Script[] = [];
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    if (type === "Script") files.set(requestId, new URL(response.url).pathname);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) scripts.push({ file, bytes: encodedDataLength });
  });
  await page.goto(url, { waitUntil: "networkidle" });
  await context.close();
  return scripts;
}

/** An article with everything that has a script of its own: code to copy, an address to share. */
async function writeArticle(app: TestApp): Promise<string> {
  const headers = { "X-API-Key": testSettings.PUBLISHABLE_KEY, "Content-Type": "application/json" };
  const post = async (path: string, body: object, token?: string) => {
    const response = await fetch(`${app.url}/api/v1${path}`, {
      method: "POST",
      headers: { ...headers, ...(token && { Authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path} answered ${response.status}`);
    return response.json();
  };
  const { accessToken } = await post("/auth/email/signup", {
    method: "password",
    email: "author@example.com",
    password: "abc123",
    name: "Author",
  });
  const content = "## One\n\nWords.\n\n## Two\n\n```ts\nconst a = 1;\n```\n\n## Three\n\nWords.";
  const { id } = await post("/data/articles", { title: "Title", content, isPublished: true }, accessToken);
  return id;
}
