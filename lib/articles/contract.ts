import { z } from "zod";
import { env } from "@/lib/config/env";
import {
  type Contract,
  createdAt,
  deletedAnswer,
  isHttpsAddress,
  isStorableText,
  label,
  text,
  timestamp,
  updatedAt,
} from "@/lib/core/contract";
import { isTimeZone } from "@/lib/i18n/wall-time";
import { isFileKey } from "@/lib/images/image-path";
import { imageUrl } from "@/lib/images/image-url";
import { isPictureAddress } from "@/lib/images/is-picture-path";
import { filtersOn } from "@/lib/lists/filters";
import { listQuery, pageOf } from "@/lib/lists/pagination";
import { withoutPlaceholders } from "@/lib/markdown/upload-placeholder";
import { parseUrl } from "@/lib/runtime/parse-url";
import { tagNames } from "@/lib/tags/contract";

/** In code points. */
export const articleLimits = {
  title: 200,
  content: 100_000,
  category: 50,
  excerpt: 300,
  coverAlt: 300,
  tags: 20,
  search: 200,
} as const;

/** Fields of an article, as `select` names them. */
export const articleFields = [
  "id",
  "title",
  "content",
  "excerpt",
  "coverImage",
  "coverAlt",
  "category",
  "isPublished",
  "publishedAt",
  "tags",
  "createdBy",
  "author",
  "createdAt",
  "updatedAt",
] as const;

export type ArticleField = (typeof articleFields)[number];

/** These fields are always returned. */
const constantFields = ["id", "createdBy", "createdAt", "updatedAt"] as const;

const article = z
  .object({
    id: z.string().meta({ description: "The ID of the article." }),
    title: z.string().meta({ description: "The title." }),
    content: z.string().meta({ description: "The text, in Markdown." }),
    excerpt: z.string().nullable().meta({ description: "Plain text that describes the article." }),
    coverImage: imageUrl.nullable().meta({ description: "The URL of the cover image." }),
    coverAlt: z.string().nullable().meta({ description: "Alternative text of the cover image." }),
    category: z.string().nullable().meta({ description: "The name of the category." }),
    isPublished: z.boolean().meta({ description: "Public once `publishedAt` is not in the future." }),
    publishedAt: timestamp.nullable().meta({
      description: "When the article was or will be published. `null` for a draft that was never published.",
    }),
    tags: z.array(z.string()).meta({ description: "The IDs of the tags." }),
    createdBy: z
      .string()
      .nullable()
      .meta({ description: "The ID of the author; `null` once the author's account is deleted." }),
    author: z
      .object({
        id: z.string().meta({ description: "The ID of the author." }),
        name: z.string().meta({ description: "The name of the author." }),
        image: imageUrl.nullable().meta({ description: "The URL of the author's avatar." }),
      })
      .nullable()
      .meta({ description: "The author; `null` once the author's account is deleted." }),
    createdAt,
    updatedAt,
  })
  .meta({ id: "Article" });

export type Article = z.output<typeof article>;

/** An article of a list: fields that were not selected are absent. */
const listedArticle = article
  .partial()
  .required({ id: true, createdBy: true, createdAt: true, updatedAt: true });

const title = label({ min: 1, max: articleLimits.title }).meta({ description: "The title." });
/** Placeholders of unfinished uploads are removed. They do not count, nor does the decomposition of letters. */
const content = z
  .string()
  .refine(({ length }) => length <= 4 * articleLimits.content, {
    error: "tooLong",
    params: { maximum: articleLimits.content },
    abort: true,
  })
  .overwrite(withoutPlaceholders)
  .pipe(text({ min: 1, max: articleLimits.content }))
  .meta({ minLength: 1, maxLength: articleLimits.content, description: "The text, in Markdown." });

/** Empty counts as null. Browsers resolve `.` and `..` in the URL of the category's page, so neither is allowed. */
const category = label({ max: articleLimits.category })
  .refine((name) => !/^\.{1,2}$/.test(name), "dots")
  .transform(emptyIsNull)
  .nullable()
  .meta({ description: "The name of the category. Empty counts as `null`." });

const excerptText = text({ max: articleLimits.excerpt, trim: true }).transform(emptyIsNull);
const excerpt = excerptText
  .nullable()
  .meta({ description: "Plain text that describes the article. Empty counts as `null`." });
const coverAlt = text({ max: articleLimits.coverAlt, trim: true })
  .transform(emptyIsNull)
  .nullable()
  .meta({ description: "Alternative text of the cover image. Empty counts as `null`." });

const publishedAt = z.iso.datetime({ offset: true }).pipe(timestamp).refine(isStorableTime).nullable().meta({
  description: "When to publish, in the past or the future. `null` becomes the time of publishing.",
});

const coverImage = z
  .string()
  .trim()
  .max(2000, "imageAddress")
  .refine(isImageAddress, "imageAddress")
  .transform(emptyIsNull)
  .nullable()
  .meta({
    description: "An https URL, the URL or path of an image on this site, or the key of an uploaded file.",
  });

const articleInput = z.strictObject({
  title,
  content,
  excerpt: excerpt.default(null),
  coverImage: coverImage.default(null),
  coverAlt: coverAlt.default(null),
  category: category.default(null),
  isPublished: z
    .boolean()
    .default(false)
    .meta({ description: "Whether the article is published or a draft." }),
  publishedAt: publishedAt.default(null),
  tags: z
    .array(z.string().refine(isStorableText))
    .max(articleLimits.tags)
    .transform((ids) => [...new Set(ids)])
    .default([])
    .meta({ description: "The IDs of the tags." }),
});

export type ArticleInput = z.output<typeof articleInput>;

const articlePatch = z
  .strictObject({
    title,
    content,
    excerpt,
    coverImage,
    coverAlt,
    category,
    isPublished: z.boolean().meta({ description: "Whether the article is published or a draft." }),
    publishedAt,
    tags: articleInput.shape.tags
      .unwrap()
      .meta({ description: "The IDs of the tags, which replace the previous ones." }),
  })
  .partial();

export type ArticlePatch = z.output<typeof articlePatch>;

/** `select=title,category`. Empty selects all fields. */
const select = z
  .string()
  .transform((names) =>
    names
      .split(",")
      .map((name) => name.trim())
      .filter(Boolean),
  )
  .pipe(z.array(z.enum(articleFields)))
  .transform((names): readonly ArticleField[] =>
    names.length === 0 ? articleFields : [...constantFields, ...names],
  )
  .default(articleFields)
  .meta({ description: "The fields to return, separated by commas. Without it, all fields." });

export const articleListQuery = listQuery([
  "createdAt",
  "updatedAt",
  "title",
  "category",
  "isPublished",
  "publishedAt",
]).extend({
  search: text({ max: articleLimits.search, trim: true })
    .default("")
    .meta({ description: "Text to search for." }),
  searchType: z
    .enum(["title", "content"])
    .optional()
    .meta({ description: "Where to search. Without it, in title and content." }),
  ...filtersOn({
    id: "text",
    title: "text",
    category: "text",
    isPublished: "boolean",
    publishedAt: "time",
    createdBy: "text",
    createdAt: "time",
    updatedAt: "time",
    tags: "ids",
  }),
  select,
});

export type ArticleListQuery = z.output<typeof articleListQuery>;

const params = z.object({
  id: z.string().refine(isStorableText).meta({ description: "The ID of the article." }),
});

export const createArticleContract = {
  method: "POST",
  path: "/v1/data/articles",
  summary: "Create an article",
  source: "bkend: data, create; blog cookbook, articles",
  access: "user",
  body: articleInput,
  success: { status: 201, body: article },
  errors: [
    "data/validation-error",
    "auth/email-not-verified",
    "data/permission-denied",
    "data/quota-exceeded",
  ],
} as const satisfies Contract;

export const getArticleContract = {
  method: "GET",
  path: "/v1/data/articles/{id}",
  summary: "Get an article",
  source: "bkend: data, get one",
  access: "guest",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: article },
  errors: ["data/not-found"],
} as const satisfies Contract;

export const listArticlesContract = {
  method: "GET",
  path: "/v1/data/articles",
  summary: "List, search and filter articles",
  source: "bkend: data, list; filters, sorting, paging",
  access: "guest",
  query: articleListQuery,
  success: { status: 200, body: pageOf(listedArticle) },
  errors: ["data/validation-error"],
} as const satisfies Contract;

export const updateArticleContract = {
  method: "PATCH",
  path: "/v1/data/articles/{id}",
  summary: "Update an article",
  source: "bkend: data, update",
  access: "member",
  params,
  notFound: "data/not-found",
  body: articlePatch,
  success: { status: 200, body: article },
  errors: [
    "data/validation-error",
    "auth/email-not-verified",
    "data/permission-denied",
    "data/quota-exceeded",
    "data/not-found",
  ],
} as const satisfies Contract;

export const deleteArticleContract = {
  method: "DELETE",
  path: "/v1/data/articles/{id}",
  summary: "Delete an article",
  source: "bkend: data, delete",
  access: "member",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: deletedAnswer },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

export const issuePreviewLinkContract = {
  method: "POST",
  path: "/v1/data/articles/{id}/preview-link",
  summary: "Create a preview link; anyone with the link can read the article for seven days",
  source: "This blog's own: publication",
  access: "member",
  params,
  notFound: "data/not-found",
  success: {
    status: 201,
    body: z.object({
      url: z.string().meta({ description: "The URL of the preview." }),
      expiresAt: timestamp.meta({ description: "When the link expires." }),
    }),
  },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

export const revokePreviewLinksContract = {
  method: "DELETE",
  path: "/v1/data/articles/{id}/preview-link",
  summary: "Revoke all preview links of an article",
  source: "This blog's own: publication",
  access: "member",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: deletedAnswer },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

/** The article form. The value of the pressed button says whether to publish. */
export const articleForm = z.object({
  title,
  content,
  excerpt: excerptText.optional(),
  coverImage: coverImage.default(null),
  coverAlt: coverAlt.optional(),
  category: category.default(null),
  publishAt: z
    .string()
    .refine((wallTime) => wallTime === "" || isWallTime(wallTime), "time")
    .optional()
    .meta({ description: "The local time in `timeZone`; empty for now." }),
  timeZone: z.string().refine(isTimeZone).optional(),
  tags: tagNames
    .pipe(z.array(z.string()).max(articleLimits.tags))
    .optional()
    .meta({ description: "Names. A form without the field keeps the tags." }),
  isPublished: z
    .enum(["true", "false"])
    .default("false")
    .transform((pressed) => pressed === "true"),
});

/** The version that the author has seen, identified by its `updatedAt`. */
const version = z.iso.datetime().pipe(timestamp);

/** The form of an existing article. It replaces a version saved in the meantime only if the author confirms it. */
export const articleChangeForm = articleForm.extend({
  id: params.shape.id,
  updatedAt: version.optional().meta({ description: "The version that was edited." }),
  replaces: version
    .optional()
    .meta({ description: "The conflicting version that the author confirmed to replace." }),
});

/** An https URL, the URL or path of an image on this site, or the key of a file. */
function isImageAddress(address: string): boolean {
  if (address === "" || isFileKey(address)) return true;
  if (!isStorableText(address) || /[\s\\]/.test(address)) return false;
  const { APP_URL } = env();
  if (address.startsWith("/")) return !address.startsWith("//") && isPictureAddress(address, APP_URL);
  const isAddress = isHttpsAddress(address) || parseUrl(address)?.origin === APP_URL;
  return isAddress && isPictureAddress(address, APP_URL);
}

/** One year less than can be stored, since converting the time zone can shift a time across that limit. */
function isWallTime(text: string): boolean {
  return z.iso.datetime({ local: true }).safeParse(text).success && !/^(0000|0001|9999)/.test(text);
}

/** The years that both PostgreSQL and ISO 8601 with four digits can represent. */
function isStorableTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

function emptyIsNull(value: string): string | null {
  return value === "" ? null : value;
}
