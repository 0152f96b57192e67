import { locales } from "@/lib/i18n/locales";
import { testSettings } from "@/lib/testing/app/settings";
import { fetchForm } from "@/lib/testing/plain-form";
import { themes } from "@/lib/web/theme";
import { type Author, commonWords, type FilledBlog, searchTerms } from "./fill-blog";
import type { LoadRequest } from "./load";
import { signIn } from "./scenarios";
import { postTo, storePhotograph } from "./store-photograph";

/** A load of pages, documents, pictures or searches, and its baseline. */
export type ReadingLoad = {
  name: string;
  requests: LoadRequest[];
  /** Paths of the floor to compare with, and the target share of their speed. */
  floor?: { path: string; share?: number }[];
  /** In milliseconds at 16 connections. */
  maxP99?: number;
};

/** A document that is served from memory. */
const [feed] = [
  "/feed.xml", // part: feeds
  "/sitemap.xml",
] as const;

/** Sizes of responses in bytes. */
export type ResponseSizes = {
  home: number;
  article: number;
  feed: number;
  picture: number;
  picturePath: string;
};

/** The size of a page with little content. */
const lightPageBytes = 14_000;
const key = { "X-API-Key": testSettings.PUBLISHABLE_KEY };

/** Measures the sizes of responses, so that the floor can send as many bytes. */
export async function measureSizes(appUrl: string, blog: FilledBlog): Promise<ResponseSizes> {
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

/** @returns loads of reading requests: from memory and rendered, as a guest and signed in. */
export async function readingLoads(
  appUrl: string,
  blog: FilledBlog,
  { home, article, picturePath }: ResponseSizes,
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
    { name: "search-rare", requests: [get(searchPage(searchTerms.rare))], maxP99: 500 },
    { name: "search-common", requests: commonWords.map((word) => get(searchPage(word))), maxP99: 500 },
    { name: "api-search-rare", requests: [get(apiSearch(searchTerms.rare), key)], maxP99: 500 },
    {
      name: "api-search-common",
      requests: commonWords.map((word) => get(apiSearch(word), key)),
      maxP99: 500,
    },
  ];
}

/** The pages of the home page in every language and theme: more than the cache of guest pages can hold. */
function firstPages({ articlePaths }: FilledBlog): LoadRequest[] {
  const pages = Array.from(
    { length: Math.floor(articlePaths.length / 20) },
    (_, index) => `/?page=${index + 1}`,
  );
  return locales.flatMap((locale) =>
    themes.flatMap((theme) => pages.map((page) => get(page, { cookie: `locale=${locale}; theme=${theme}` }))),
  );
}

/** Signs in with the form, as a browser does. */
async function cookieOf(appUrl: string, { email, password }: Author): Promise<string> {
  const body = await fetchForm(`${appUrl}/signin`, 'name="password"');
  body.set("email", email);
  body.set("password", password);
  const headers = { Origin: appUrl };
  const response = await fetch(`${appUrl}/signin`, { method: "POST", body, headers, redirect: "manual" });
  if (response.status !== 303) throw new Error(`The sign-in form returned ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** Uploads a picture and generates one size of it. @returns its path. */
async function storeSize(appUrl: string, blog: FilledBlog): Promise<string> {
  const { accessToken } = await signIn(appUrl, blog, 0);
  const path = `${await storePhotograph(postTo(appUrl, accessToken))}?width=640`;
  const response = await fetch(appUrl + path);
  if (response.headers.get("content-type") !== "image/webp") throw new Error(`${path} is not narrower.`);
  await response.arrayBuffer();
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
