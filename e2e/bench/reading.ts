import { locales } from "@/lib/i18n/locales";
import { testSettings } from "@/lib/testing/app/settings";
import { fetchForm } from "@/lib/testing/plain-form";
import { themes } from "@/lib/web/theme";
import { type Author, commonWords, type FilledBlog, searchTerms } from "./fill-blog";
import type { LoadRequest } from "./load";
import { signIn } from "./scenarios";
import { postTo, storePhotograph } from "./store-photograph";

/** Pages, documents, pictures and searches, and what each is compared with. */
export type ReadingLoad = {
  name: string;
  requests: LoadRequest[];
  /** Paths at the floor, and the share of their speed to reach; measured alone without one. */
  floor?: { path: string; share?: number }[];
  /** In milliseconds at 16 connections. */
  mostP99?: number;
};

/** A document that comes from memory. */
const [feed] = [
  "/feed.xml", // part: feeds
  "/sitemap.xml",
] as const;

/** What readers get, in bytes, and where. */
export type Weights = { home: number; article: number; feed: number; picture: number; picturePath: string };

/** The weight of a page that has little to show. */
const lightPageBytes = 14_000;
const key = { "X-API-Key": testSettings.PUBLISHABLE_KEY };

/** Weighs what readers get, so that the floor can weigh the same. */
export async function weigh(appUrl: string, blog: FilledBlog): Promise<Weights> {
  const picturePath = await storeSize(appUrl, blog);
  const bytesOf = async (path: string) => (await (await fetch(appUrl + path)).arrayBuffer()).byteLength;
  return {
    home: await bytesOf("/"),
    article: await bytesOf(blog.articlePaths.at(-1) ?? ""),
    feed: await bytesOf(feed),
    picture: await bytesOf(picturePath),
    picturePath,
  };
}

/** @returns what readers ask for, from memory and rendered, as a guest and signed in. */
export async function readingLoads(
  appUrl: string,
  blog: FilledBlog,
  { home, article, picturePath }: Weights,
): Promise<ReadingLoad[]> {
  const [author] = blog.authors;
  if (!author) throw new Error("The blog has no author.");
  const signedIn = { cookie: await cookieOf(appUrl, author) };
  const paths = blog.articlePaths;
  const [newest = ""] = paths.slice(-1);
  const etag = (await fetch(`${appUrl}${feed}`)).headers.get("etag") ?? "";
  const lightPage = { path: `/bare/${lightPageBytes}` };
  return [
    { name: "home-memory", requests: [get("/")], floor: [{ path: `/prerendered/${home}`, share: 0.8 }] },
    {
      name: "article-memory",
      requests: [get(newest)],
      floor: [{ path: `/prerendered/${article}`, share: 0.8 }],
    },
    {
      name: "home-first",
      requests: firstPages(blog),
      floor: [{ path: `/bare/${home}`, share: 0.6 }, lightPage],
    },
    {
      name: "article-first",
      requests: paths.map((path) => get(path)),
      floor: [{ path: `/bare/${article}`, share: 0.6 }, lightPage],
    },
    {
      name: "home-signed-in",
      requests: [get("/", signedIn)],
      floor: [{ path: `/bare/${home}`, share: 0.6 }, lightPage],
    },
    {
      name: "article-signed-in",
      requests: paths.map((path) => get(path, signedIn)),
      floor: [{ path: `/bare/${article}`, share: 0.6 }, lightPage],
    },
    { name: "feed", requests: [get(feed)], floor: [{ path: "/feed", share: 0.8 }] },
    {
      name: "feed-304",
      requests: [get(feed, { "if-none-match": etag })],
      floor: [{ path: "/unchanged", share: 0.9 }],
    },
    { name: "picture", requests: [get(picturePath)], floor: [{ path: "/picture" }] },
    { name: "search-rare", requests: [get(searchPage(searchTerms.rare))], mostP99: 500 },
    { name: "search-common", requests: commonWords.map((word) => get(searchPage(word))), mostP99: 500 },
    { name: "api-search-rare", requests: [get(apiSearch(searchTerms.rare), key)], mostP99: 500 },
    {
      name: "api-search-common",
      requests: commonWords.map((word) => get(apiSearch(word), key)),
      mostP99: 500,
    },
  ];
}

/** The pages of the home page in every language and theme: more than the memory of guest pages holds. */
function firstPages({ articlePaths }: FilledBlog): LoadRequest[] {
  const pages = Array.from(
    { length: Math.floor(articlePaths.length / 20) },
    (_, index) => `/?page=${index + 1}`,
  );
  return locales.flatMap((locale) =>
    themes.flatMap((theme) => pages.map((page) => get(page, { cookie: `locale=${locale}; theme=${theme}` }))),
  );
}

/** Signs in by the form, as a browser does. */
async function cookieOf(appUrl: string, { email, password }: Author): Promise<string> {
  const body = await fetchForm(`${appUrl}/signin`, 'name="password"');
  body.set("email", email);
  body.set("password", password);
  const headers = { Origin: appUrl };
  const answer = await fetch(`${appUrl}/signin`, { method: "POST", body, headers, redirect: "manual" });
  if (answer.status !== 303) throw new Error(`The sign-in form answered ${answer.status}.`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** @returns the address of a picture's size that is made already. */
async function storeSize(appUrl: string, blog: FilledBlog): Promise<string> {
  const { accessToken } = await signIn(appUrl, blog, 0);
  const path = `${await storePhotograph(postTo(appUrl, accessToken))}?width=640`;
  const answer = await fetch(appUrl + path);
  if (answer.headers.get("content-type") !== "image/webp") throw new Error(`${path} is not narrower.`);
  await answer.arrayBuffer();
  return path;
}

function searchPage(search: string): string {
  return `/search?${new URLSearchParams({ search })}`;
}

function apiSearch(search: string): string {
  return `/api/v1/data/articles?${new URLSearchParams({ search })}`;
}

function get(path: string, headers: Record<string, string> = {}): LoadRequest {
  return { method: "GET", path, headers };
}
