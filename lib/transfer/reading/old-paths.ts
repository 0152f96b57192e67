import { normalizeOldPath } from "@/lib/articles/paths/old-path";
import type { Fields } from "./front-matter";

/**
 * Determines the paths of a text on its old blog: those in its front matter, or else the one that its blog software
 * derives from the file path, and its aliases.
 *
 * @param path relative to the folder.
 * @param date part of Jekyll's URLs.
 * @returns distinct, normalized paths.
 */
export function oldPathsOf(path: string, fields: Fields, date: Date | null): string[] {
  const { url, permalink, aliases, redirect_from: redirects } = fields;
  const named = [url, permalink].filter((address) => typeof address === "string" && !address.includes(":"));
  const more = [aliases, redirects].flat().filter((address) => typeof address === "string");
  // An article that this blog exported keeps its URL.
  const followed =
    fields.id !== undefined && fields.createdAt !== undefined ? [] : pathsByFile(path, fields, date);
  const all = [...(named.length > 0 ? named : followed), ...more].flatMap(
    (address) => normalizeOldPath(String(address)) ?? [],
  );
  return [...new Set(all)];
}

function pathsByFile(path: string, { slug, categories }: Fields, date: Date | null): string[] {
  const ownSlug = typeof slug === "string" && slug !== "" ? slug : undefined;
  const name = path.replace(/\.\w+$/, "").replace(/\/index$/, "");
  const post = /^(?:(.*)\/)?_(?:posts|drafts)\/(?:.*\/)?(?:\d{4}-\d{1,2}-\d{1,2}-)?([^/]+)$/.exec(name);
  if (post) {
    const [, folder = "", title = ""] = post;
    const [year = "", month = "", day = ""] = date?.toISOString().slice(0, 10).split("-") ?? [];
    const parts = [folder, ...jekyllCategories(categories), year, month, day, ownSlug ?? title];
    const address = `/${parts.filter(Boolean).map(addressPart).join("/")}`;
    return [`${address}.html`, address];
  }
  const page = name.replace(/^(?:src\/)?(?:content|pages)\//, "");
  return [
    `/${(ownSlug === undefined ? page : page.replace(/[^/]+$/, ownSlug)).split("/").map(addressPart).join("/")}`,
  ];
}

function jekyllCategories(categories: unknown): string[] {
  if (Array.isArray(categories)) return categories.filter((name): name is string => typeof name === "string");
  return typeof categories === "string" ? categories.split(/\s+/) : [];
}

function addressPart(name: string): string {
  return encodeURIComponent(name.trim().replace(/\s+/g, "-")).replaceAll("%2F", "/");
}
