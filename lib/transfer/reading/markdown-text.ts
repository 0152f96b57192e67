import { validate as isUuid } from "uuid";
import { type Fields, isFields, readFrontMatter } from "./front-matter";
import { oldPathsOf } from "./old-paths";
import { readDate } from "./read-date";
import { Refused } from "./refused";

/** A text of another blog, as its file has it: not checked against the limits of this one yet. */
export type MarkdownText = {
  /** Of an article that this blog exported. */
  id: string | null;
  title: string;
  content: string;
  excerpt: string | null;
  category: string | null;
  /** Names. */
  tags: string[];
  /** An address, or a path as the file has it. */
  cover: string | null;
  coverAlt: string | null;
  isPublished: boolean;
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** The path of the text, before it is normalized. */
  oldPaths: string[];
};

/** What the dialects call a field: the first that the text has counts. */
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
 * @param path from the root of the folder: Jekyll dates texts by their names, and addresses follow from paths.
 * @throws Refused for a file without front matter, with a broken one, or with a date that is none.
 */
export function readMarkdownText(path: string, text: string): MarkdownText {
  const { fields, body } = readFrontMatter(text);
  const [named, title] = titleOf(fields, body, path);
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
    content: named,
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

/** @returns the content, and the title: of the front matter, the first heading (which then leaves), or the file. */
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

/** A list of names or of objects with a name, or a line of names. Jekyll separates them by blanks. */
function listOf(value: unknown, separator: RegExp): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown) => textOf(isFields(item) ? (item.name ?? item.slug) : item) ?? []);
  }
  const line = textOf(value);
  if (line === null) return [];
  return line.split(separator).flatMap((name) => textOf(name) ?? []);
}
