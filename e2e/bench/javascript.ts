import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";
import { testSettings } from "@/lib/testing/settings";
import { startTestApp } from "@/lib/testing/start-test-app";
import { findChromium } from "../find-chromium";

// How much JavaScript a guest's browser is sent at the first visit of a page, with an empty cache, as it travels
// (compressed): npm run bench:javascript

/** In bytes, by the address of the page. */
const targets = { home: 100_000, article: 60_000 };

if (!existsSync(".next/BUILD_ID")) throw new Error("The benchmark needs the production build: npm run build");

const app = await startTestApp();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
try {
  const pages = { home: "/", article: `/articles/${await writeArticle()}` };
  for (const [name, target] of Object.entries(targets)) {
    const scripts = await scriptsOf(app.url + pages[name as keyof typeof pages]);
    const total = scripts.reduce((sum, { bytes }) => sum + bytes, 0);
    console.log(
      `${name}: ${total} bytes in ${scripts.length} scripts, at most ${target}: ${total <= target ? "ok" : "OVER"}`,
    );
    for (const { file, bytes } of scripts.sort((a, b) => b.bytes - a.bytes)) {
      console.log(`  ${String(bytes).padStart(7)}  ${file}`);
    }
  }
} finally {
  await browser.close();
  await app.stop();
}

/** Loads a page in a new browser window and waits until nothing more is under way. */
async function scriptsOf(url: string): Promise<{ file: string; bytes: number }[]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const files = new Map<string, string>();
  const scripts: { file: string; bytes: number }[] = [];
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

/** An article with everything that has a script of its own: code to copy, headings to go to. */
async function writeArticle(): Promise<string> {
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
