import { normalizeOldPath } from "@/lib/articles/paths/old-path";
import type { Fields } from "./front-matter";

/**
 * Says where a text was on its old blog: at the addresses that its front matter names, and at the one that follows
 * from its path by the rules of the software.
 *
 * @param path from the root of the folder.
 * @param date by which Jekyll makes addresses.
 * @returns normalized paths, each once.
 */
export function oldPathsOf(path: string, fields: Fields, date: Date | null): string[] {
  const { url, permalink, aliases, redirect_from: redirects } = fields;
  const named = [url, permalink].filter((address) => typeof address === "string" && !address.includes(":"));
  const more = [aliases, redirects].flat().filter((address) => typeof address === "string");
  // An article that this blog exported is at the same address again.
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
