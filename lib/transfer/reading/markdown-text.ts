import { validate as isUuid } from "uuid";
import { type Fields, isFields, readFrontMatter } from "./front-matter";
import { oldPathsOf } from "./old-paths";
import { readDate } from "./read-date";
import { Refused } from "./refused";

/** A text of another blog, not yet validated against this blog's limits. */
export type MarkdownText = {
  /** Set for an article that this blog exported. */
  id: string | null;
  title: string;
  content: string;
  excerpt: string | null;
  category: string | null;
  /** Tag names. */
  tags: string[];
  /** A URL, or a path as written in the file. */
  cover: string | null;
  coverAlt: string | null;
  isPublished: boolean;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** Normalized paths of the text on its old blog. */
  oldPaths: string[];
};

/** The names of each field in the supported blog software. The first one present is used. */
const names = {
  date: ["date", "pubDate", "pubDatetime", "publishDate", "date_published", "published_at", "publishedAt"],
  released: ["released_at", "created_at", "createdAt", "created"],
  created: ["createdAt", "created_at", "created"],
  updated: [
    "updated",
    "lastmod",
    "updatedDate",
    "modDatetime",
    "last_modified_at",
    "date_updated",
    "updated_at",
  ],
  excerpt: ["excerpt", "description", "summary", "custom_excerpt"],
  cover: [
    "cover",
    "image",
    "heroImage",
    "feature_image",
    "featured_image",
    "coverImage",
    "thumbnail",
    "ogImage",
  ],
  coverAlt: ["coverAlt", "feature_image_alt", "heroImageAlt", "imageAlt"],
} as const;

/**
 * Reads a Markdown file of Hugo, Jekyll, Astro, velog, Ghost or this blog.
 *
 * @param path relative to the folder. Jekyll puts the date in the file name, and old URLs derive from the path.
 * @throws Refused for missing or broken front matter, and for a missing or invalid date.
 */
export function readMarkdownText(path: string, text: string): MarkdownText {
  const { fields, body } = readFrontMatter(text);
  const [content, title] = titleOf(fields, body, path);
  const categories = listOf(fields.categories, /,/);
  const category = textOf(fields.category) ?? categories[0] ?? null;
  const isDraft = isDraftText(fields, path);
  const published = fields.publishedAt === undefined ? null : readDate(fields.publishedAt);
  const date = dateOf(fields, [...names.date, ...names.released]) ?? dateInName(path);
  if (!date && !isDraft) throw new Refused("It has no date.");
  const publishedAt = isDraft ? published : (published ?? date);
  const createdAt = dateOf(fields, names.created) ?? date ?? new Date();
  return {
    id: typeof fields.id === "string" && isUuid(fields.id) ? fields.id.toLowerCase() : null,
    title,
    content,
    excerpt: firstText(fields, names.excerpt),
    category,
    tags: [
      ...listOf(fields.tags ?? fields.tag, /[,#]|\s#/),
      ...categories.filter((name) => name !== category),
    ],
    ...coverOf(fields),
    isPublished: !isDraft,
    publishedAt,
    createdAt,
    updatedAt: dateOf(fields, names.updated) ?? date ?? createdAt,
    oldPaths: oldPathsOf(path, fields, date),
  };
}

/** Finds the title: in the front matter, else the first heading (then removed from the content), else the file name. */
function titleOf(fields: Fields, body: string, path: string): [content: string, title: string] {
  const title = textOf(fields.title);
  if (title !== null) return [body, title];
  const heading = /^\s*# +([^\n]+)\n*/.exec(body);
  if (heading?.[1]) return [body.slice(heading[0].length), heading[1]];
  const name =
    path
      .replace(/\/index\.\w+$/, "")
      .split("/")
      .at(-1) ?? path;
  return [
    body,
    name
      .replace(/\.\w+$/, "")
      .replace(/^\d{4}-\d\d?-\d\d?-/, "")
      .replace(/[-_]+/g, " "),
  ];
}

function isDraftText(fields: Fields, path: string): boolean {
  const { draft, isDraft, published, status, visibility } = fields;
  if ([draft, isDraft].some((flag) => flag === true || flag === "true")) return true;
  if (published === false || published === "false") return true;
  if (["draft", "private"].includes(String(status ?? visibility))) return true;
  return /(^|\/)_drafts\//.test(path);
}

function coverOf(fields: Fields): Pick<MarkdownText, "cover" | "coverAlt"> {
  const value = names.cover.map((name) => fields[name]).find((found) => found !== undefined && found !== "");
  const coverAlt = firstText(fields, names.coverAlt);
  if (!isFields(value)) return { cover: textOf(value), coverAlt };
  const address = [value.image, value.src, value.url, value.path].map(textOf).find((found) => found !== null);
  return { cover: address ?? null, coverAlt: coverAlt ?? textOf(value.alt) };
}

function dateOf(fields: Fields, of: readonly string[]): Date | null {
  const value = of.map((name) => fields[name]).find((found) => found !== undefined && found !== null);
  return value === undefined ? null : readDate(value);
}

function dateInName(path: string): Date | null {
  const [, date] = /(?:^|\/)(\d{4}-\d{1,2}-\d{1,2})-[^/]+$/.exec(path) ?? [];
  return date === undefined ? null : readDate(date);
}

function firstText(fields: Fields, of: readonly string[]): string | null {
  return of.map((name) => textOf(fields[name])).find((found) => found !== null) ?? null;
}

function textOf(value: unknown): string | null {
  if (typeof value !== "string" && typeof value !== "number") return null;
  return String(value).trim() || null;
}

/** Reads a list of names, of objects with a name, or a single string of names. */
function listOf(value: unknown, separator: RegExp): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => textOf(isFields(item) ? (item.name ?? item.slug) : item) ?? []);
  }
  const line = textOf(value);
  if (line === null) return [];
  return line.split(separator).flatMap((name) => textOf(name) ?? []);
}
