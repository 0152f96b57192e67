import { z } from "zod";
import { env } from "@/lib/config/env";
import { type Contract, isHttpsAddress, isStorableText, label, text, timestamp } from "@/lib/core/contract";
import { isTimeZone } from "@/lib/i18n/wall-time";
import { isFileKey } from "@/lib/images/image-path";
import { imageUrl } from "@/lib/images/image-url";
import { isPictureAddress } from "@/lib/images/is-picture-path";
import { filtersOn } from "@/lib/lists/filters";
import { listQuery, pageOf } from "@/lib/lists/pagination";
import { withoutPlaceholders } from "@/lib/markdown/upload-placeholder";
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

/** These come whatever is selected. */
const constantFields = ["id", "createdBy", "createdAt", "updatedAt"] as const;

const article = z
  .object({
    id: z.string(),
    title: z.string(),
    content: z.string().meta({ description: "Markdown." }),
    excerpt: z.string().nullable().meta({ description: "Plain text that describes the article." }),
    coverImage: imageUrl.nullable(),
    coverAlt: z.string().nullable().meta({ description: "Alternative text of the cover image." }),
    category: z.string().nullable(),
    isPublished: z.boolean().meta({ description: "Public once `publishedAt` is not in the future." }),
    publishedAt: timestamp.nullable().meta({
      description: "Null for a draft that was never published. In the future: scheduled.",
    }),
    tags: z.array(z.string()).meta({ description: "Ids of tags." }),
    createdBy: z.string().nullable().meta({ description: "Null once the author is gone." }),
    author: z.object({ id: z.string(), name: z.string(), image: imageUrl.nullable() }).nullable(),
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({ id: "Article" });

export type Article = z.output<typeof article>;

/** An article of a list: what `select` left out is absent. */
const listedArticle = article
  .partial()
  .required({ id: true, createdBy: true, createdAt: true, updatedAt: true });

const title = label({ min: 1, max: articleLimits.title });
/** A picture that was still being uploaded is none. */
const content = z
  .string()
  .overwrite(withoutPlaceholders)
  .pipe(text({ min: 1, max: articleLimits.content }))
  .meta({ minLength: 1, maxLength: articleLimits.content });

/** An empty one counts as none. Browsers take `.` and `..` in the address of its page for steps between folders. */
const category = label({ max: articleLimits.category })
  .refine((name) => !/^\.{1,2}$/.test(name), "dots")
  .transform(emptyIsNull)
  .nullable();

/** Empty ones count as none. */
const excerptText = text({ max: articleLimits.excerpt, trim: true }).transform(emptyIsNull);
const excerpt = excerptText.nullable();
const coverAlt = text({ max: articleLimits.coverAlt, trim: true }).transform(emptyIsNull).nullable();

const publishedAt = z.iso.datetime({ offset: true }).pipe(timestamp).refine(isStorableTime).nullable().meta({
  description: "May be past or future (scheduled). Null becomes now once the article is published.",
});

const coverImage = z
  .string()
  .trim()
  .max(2000, "imageAddress")
  .refine(isImageAddress, "imageAddress")
  .transform(emptyIsNull)
  .nullable();

const articleInput = z.strictObject({
  title,
  content,
  excerpt: excerpt.default(null),
  coverImage: coverImage.default(null),
  coverAlt: coverAlt.default(null),
  category: category.default(null),
  isPublished: z.boolean().default(false),
  publishedAt: publishedAt.default(null),
  tags: z
    .array(z.string().refine(isStorableText))
    .max(articleLimits.tags)
    .transform((ids) => [...new Set(ids)])
    .default([]),
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
    isPublished: z.boolean(),
    publishedAt,
    tags: articleInput.shape.tags.unwrap(),
  })
  .partial();

export type ArticlePatch = z.output<typeof articlePatch>;

/** `select=title,category`: an empty one selects everything. */
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
  .default(articleFields);

export const articleListQuery = listQuery([
  "createdAt",
  "updatedAt",
  "title",
  "category",
  "isPublished",
  "publishedAt",
]).extend({
  search: text({ max: articleLimits.search, trim: true }).default(""),
  searchType: z.enum(["title", "content"]).optional(),
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

const params = z.object({ id: z.string().refine(isStorableText) });

export const createArticleContract = {
  method: "POST",
  path: "/v1/data/articles",
  summary: "Write an article",
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
  summary: "Read an article",
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
  summary: "Change an article",
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
  success: { status: 200, body: z.object({ success: z.literal(true) }) },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

export const issuePreviewLinkContract = {
  method: "POST",
  path: "/v1/data/articles/{id}/preview-link",
  summary: "Create a preview link: shows the article to its holder for seven days, whatever its state",
  source: "Blog contract, publication",
  access: "member",
  params,
  notFound: "data/not-found",
  success: { status: 201, body: z.object({ url: z.string(), expiresAt: timestamp }) },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

export const revokePreviewLinksContract = {
  method: "DELETE",
  path: "/v1/data/articles/{id}/preview-link",
  summary: "Revoke all preview links of an article",
  source: "Blog contract, publication",
  access: "member",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: z.object({ success: z.literal(true) }) },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

/** The article form. Which button was pressed says whether it is published. */
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
    .meta({ description: "By the clock of `timeZone`; empty for now." }),
  timeZone: z.string().refine(isTimeZone).optional(),
  tags: tagNames
    .pipe(z.array(z.string()).max(articleLimits.tags))
    .optional()
    .meta({ description: "Names. A form without the field leaves the tags as they are." }),
  isPublished: z
    .enum(["true", "false"])
    .default("false")
    .transform((pressed) => pressed === "true"),
});

/** The version that somebody has seen, by when it was saved. */
const version = z.iso.datetime().pipe(timestamp);

/** The same for an article that is there already. What somebody else saved meanwhile is only replaced knowingly. */
export const articleChangeForm = articleForm.extend({
  id: params.shape.id,
  updatedAt: version.optional().meta({ description: "What the changes were made to." }),
  replaces: version
    .optional()
    .meta({ description: "What they are to replace, once the form has told of it." }),
});

/** An https address, the address or path of a stored picture or public file of this site, or the key of a file. */
function isImageAddress(address: string): boolean {
  if (address === "" || isFileKey(address)) return true;
  if (!isStorableText(address) || /[\s\\]/.test(address)) return false;
  const { APP_URL } = env();
  if (address.startsWith("/")) return !address.startsWith("//") && isPictureAddress(address, APP_URL);
  const isAddress = isHttpsAddress(address) || (URL.canParse(address) && new URL(address).origin === APP_URL);
  return isAddress && isPictureAddress(address, APP_URL);
}

/** A year further in, since a time zone may lead over the edges of what can be stored. */
function isWallTime(text: string): boolean {
  return z.iso.datetime({ local: true }).safeParse(text).success && !/^(0000|0001|9999)/.test(text);
}

/** What both PostgreSQL and ISO 8601 with four digits can say. */
function isStorableTime(time: Date): boolean {
  const year = time.getUTCFullYear();
  return year >= 1 && year <= 9999;
}

function emptyIsNull(value: string): string | null {
  return value === "" ? null : value;
}
