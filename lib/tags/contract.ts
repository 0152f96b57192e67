import { z } from "zod";
import {
  type Contract,
  composedText,
  createdAt,
  deletedAnswer,
  isStorableText,
  label,
  text,
  updatedAt,
} from "@/lib/core/contract";
import { filtersOn } from "@/lib/lists/filters";
import { listQuery, pageOf } from "@/lib/lists/pagination";
import { normalizeText } from "@/lib/runtime/normalize-text";

/** In code points. */
export const tagLimits = { name: 50, slug: 100 } as const;

const tag = z
  .object({
    id: z.string().meta({ description: "The ID of the tag." }),
    name: z.string().meta({ description: "The name." }),
    slug: z.string().meta({ description: "The last part of the URL of the tag's page." }),
    createdBy: z
      .string()
      .nullable()
      .meta({ description: "The ID of the user who created the tag; `null` once their account is deleted." }),
    createdAt,
    updatedAt,
  })
  .meta({ id: "Tag" });

export type Tag = z.output<typeof tag>;

const name = label({ min: 1, max: tagLimits.name }).meta({ description: "The name." });

const slug = text({ max: tagLimits.slug, trim: true })
  .refine((slug) => /^[\p{L}\p{M}\p{N}._~-]*$/u.test(slug) && !/^\.+$/.test(slug), "slug")
  .meta({ description: "The last part of the URL of the tag's page. If empty, it is made from the name." });

const tagInput = z.strictObject({ name, slug: slug.default("") });

export type TagInput = z.output<typeof tagInput>;

const tagPatch = z.strictObject({ name, slug }).partial();

export type TagPatch = z.output<typeof tagPatch>;

export const tagListQuery = listQuery(["createdAt", "updatedAt", "name", "slug"]).extend(
  filtersOn({ id: "text", name: "text", slug: "text", createdBy: "text", createdAt: "time" }),
);

export type TagListQuery = z.output<typeof tagListQuery>;

const params = z.object({
  id: z.string().refine(isStorableText).meta({ description: "The ID of the tag." }),
});

export const createTagContract = {
  method: "POST",
  path: "/v1/data/tags",
  summary: "Create a tag",
  source: "bkend: blog cookbook, tags",
  access: "user",
  body: tagInput,
  success: { status: 201, body: tag },
  errors: ["data/validation-error", "data/permission-denied", "data/duplicate-value"],
} as const satisfies Contract;

export const getTagContract = {
  method: "GET",
  path: "/v1/data/tags/{id}",
  summary: "Get a tag",
  source: "bkend: data, get one",
  access: "guest",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: tag },
  errors: ["data/not-found"],
} as const satisfies Contract;

export const listTagsContract = {
  method: "GET",
  path: "/v1/data/tags",
  summary: "List and filter tags",
  source: "bkend: data, list; blog cookbook, tags",
  access: "guest",
  query: tagListQuery,
  success: { status: 200, body: pageOf(tag) },
  errors: ["data/validation-error"],
} as const satisfies Contract;

export const updateTagContract = {
  method: "PATCH",
  path: "/v1/data/tags/{id}",
  summary: "Update a tag",
  source: "bkend: data, update",
  access: "member",
  params,
  notFound: "data/not-found",
  body: tagPatch,
  success: { status: 200, body: tag },
  errors: ["data/validation-error", "data/permission-denied", "data/duplicate-value", "data/not-found"],
} as const satisfies Contract;

export const deleteTagContract = {
  method: "DELETE",
  path: "/v1/data/tags/{id}",
  summary: "Delete a tag and remove it from its articles",
  source: "bkend: data, delete; blog cookbook, tags",
  access: "member",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: deletedAnswer },
  errors: ["data/permission-denied", "data/not-found"],
} as const satisfies Contract;

/** The tags of a form: names separated by commas. Duplicates count once. */
export const tagNames = composedText.transform((text, context) => {
  const named = text.split(/[,，、]/).map((part) => part.trim());
  const names = [...new Map(named.filter(Boolean).map((name) => [tagNameKey(name), name])).values()];
  const problem = names.map((name) => tagInput.shape.name.safeParse(name).error).find(Boolean);
  // Reported for the whole field, since the user fills in one line of text.
  for (const { message, ...issue } of problem?.issues ?? []) {
    const params = issue.code === "custom" ? issue.params : undefined;
    context.issues.push({ code: "custom", message, params, input: text });
  }
  return names;
});

/** @returns the form of a name for comparisons: names that read the same are equal. */
export function tagNameKey(name: string): string {
  return normalizeText(name, "NFKC").toLowerCase();
}
