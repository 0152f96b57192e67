import { testSettings } from "@/lib/testing/app/settings";
import { startApp } from "@/lib/testing/app/start-app";
import { freePort } from "@/lib/testing/servers/free-port";
import { type FilledBlog, searchTerms } from "./fill-blog";
import { startFloor } from "./floor-app";
import type { LoadRequest, LoadResult } from "./load";
import { median, report, residentMegabytes, rounded, verdict } from "./report";
import { runLoad } from "./run-load";

/** A kind of page or document, and what it is compared with. */
type PageLoad = {
  name: string;
  /** What a connection asks for; a load without a floor is measured alone. */
  requests: LoadRequest[];
  floor?: { path: string; headers?: Record<string, string>; share: number };
  /** In milliseconds at 16 connections. */
  mostP99?: number;
};

const rounds = 5;
/** A cookie that keeps a guest from the memory: each page is rendered. */
const rendered = { cookie: "authjs.session-token=none" };

/** How fast pages, feeds and searches are beside the least that Next.js needs for an answer of the same weight. */
export async function measurePages(
  blog: FilledBlog,
  settings: Record<string, string>,
  secondsPerTurn: number,
): Promise<void> {
  const port = String(await freePort());
  const appSettings = { ...settings, PORT: port, APP_URL: `http://localhost:${port}` };
  const app = await startApp(appSettings);
  const article = new URL((await fetch(`${app.url}/articles/${blog.articleIds.at(-1)}`)).url).pathname;
  const weigh = async (path: string) => (await (await fetch(app.url + path)).arrayBuffer()).byteLength;
  const weights = { home: await weigh("/"), article: await weigh(article), feed: await weigh("/feed.xml") };
  const etag = (await fetch(`${app.url}/feed.xml`)).headers.get("etag") ?? "";
  const floor = await startFloor({
    ...appSettings,
    PAGE_BYTES: String(weights.article),
    FEED_BYTES: String(weights.feed),
  });
  const search = (text: string) => `/search?${new URLSearchParams({ search: text })}`;
  const apiSearch = (text: string) => `/api/v1/data/articles?${new URLSearchParams({ search: text })}`;
  const key = { "X-API-Key": testSettings.PUBLISHABLE_KEY };
  const loads: PageLoad[] = [
    { name: "article, memory", requests: [get(article)], floor: { path: "/prerendered", share: 0.8 } },
    { name: "home, memory", requests: [get("/")], floor: { path: "/prerendered", share: 0.8 } },
    {
      name: "article, rendered",
      requests: [get(article, rendered)],
      floor: { path: "/bare", share: 0.6 },
    },
    { name: "home, rendered", requests: [get("/", rendered)], floor: { path: "/bare", share: 0.6 } },
    { name: "feed", requests: [get("/feed.xml")], floor: { path: "/feed", share: 0.8 } },
    {
      name: "feed, 304",
      requests: [get("/feed.xml", { "if-none-match": etag })],
      floor: { path: "/unchanged", share: 0.9 },
    },
    { name: "search, rare", requests: [get(search(searchTerms.rare))], mostP99: 500 },
    { name: "search, frequent", requests: [get(search("the"))], mostP99: 500 },
    { name: "API search, rare", requests: [get(apiSearch(searchTerms.rare), key)] },
    { name: "API search, frequent", requests: [get(apiSearch("the"), key)] },
  ];
  const run = (url: string, requests: LoadRequest[], connections: number): Promise<LoadResult> =>
    runLoad({
      url,
      seconds: secondsPerTurn,
      connections: Array.from({ length: connections }, () => requests),
    });

  try {
    console.log(
      `Pages, in bytes: ${Object.entries(weights)
        .map((entry) => entry.join(" "))
        .join(", ")}`,
    );
    for (const { name, requests, floor: beside, mostP99 } of loads) {
      for (const connections of [1, 16, 64]) {
        const result = await run(app.url, requests, connections);
        report(name, connections, result);
        if (mostP99 && connections === 16) verdict("  p99 in ms", result.p99, "at most", mostP99);
      }
      if (!beside) continue;
      const ratios: number[] = [];
      for (let round = 0; round <= rounds; round += 1) {
        const ours = await run(app.url, requests, 16);
        const bare = await run(floor.url, [get(beside.path, beside.headers)], 16);
        // The first round warms both up.
        if (round > 0) ratios.push(ours.perSecond / bare.perSecond);
      }
      verdict(
        `  beside ${beside.path} (${ratios.map(rounded).join(", ")})`,
        median(ratios),
        "at least",
        beside.share,
      );
    }
    const megabytes = residentMegabytes(app);
    verdict(`Resident memory after the pages: ${megabytes} MB`, megabytes, "at most", 400);
  } finally {
    await floor.stop();
    await app.stop();
  }
}

function get(path: string, headers: Record<string, string> = {}): LoadRequest {
  return { method: "GET", path, headers };
}
