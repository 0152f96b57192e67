import { z } from "zod";
import { type Contract, createdAt, deletedAnswer, isStorableText } from "@/lib/core/contract";
import { filtersOn } from "@/lib/lists/filters";
import { listQuery, pageOf } from "@/lib/lists/pagination";

const bookmark = z
  .object({
    id: z.string().meta({ description: "The ID of the bookmark." }),
    articleId: z.string().meta({ description: "The ID of the article." }),
    createdBy: z.string().meta({ description: "The ID of the user who owns the bookmark." }),
    createdAt,
  })
  .meta({ id: "Bookmark" });

export type Bookmark = z.output<typeof bookmark>;

const bookmarkInput = z.strictObject({
  articleId: z
    .string()
    .min(1, "required")
    .refine(isStorableText, "unsafeText")
    .meta({ description: "The ID of the article." }),
});

export const bookmarkListQuery = listQuery(["createdAt"]).extend(
  filtersOn({ id: "text", articleId: "text", createdBy: "text", createdAt: "time" }),
);

export type BookmarkListQuery = z.output<typeof bookmarkListQuery>;

const params = z.object({
  id: z.string().refine(isStorableText).meta({ description: "The ID of the bookmark." }),
});

/** The button on a page. It sends the desired state, so that sending it twice changes nothing. */
export const bookmarkForm = bookmarkInput.extend({
  isBookmarked: z.enum(["true", "false"]).transform((pressed) => pressed === "true"),
});

export const createBookmarkContract = {
  method: "POST",
  path: "/v1/data/bookmarks",
  summary: "Bookmark an article",
  source: "bkend: blog cookbook, bookmarks",
  access: "user",
  body: bookmarkInput,
  success: { status: 201, body: bookmark },
  errors: ["data/validation-error", "data/duplicate-value", "data/not-found"],
} as const satisfies Contract;

export const getBookmarkContract = {
  method: "GET",
  path: "/v1/data/bookmarks/{id}",
  summary: "Get a bookmark of your own",
  source: "bkend: data, get one",
  access: "user",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: bookmark },
  errors: ["data/not-found"],
} as const satisfies Contract;

export const listBookmarksContract = {
  method: "GET",
  path: "/v1/data/bookmarks",
  summary: "List your bookmarks",
  source: "bkend: data, list; blog cookbook, bookmarks",
  access: "user",
  query: bookmarkListQuery,
  success: { status: 200, body: pageOf(bookmark) },
  errors: ["data/validation-error"],
} as const satisfies Contract;

export const deleteBookmarkContract = {
  method: "DELETE",
  path: "/v1/data/bookmarks/{id}",
  summary: "Delete a bookmark of your own",
  source: "bkend: data, delete; blog cookbook, bookmarks",
  access: "user",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: deletedAnswer },
  errors: ["data/not-found"],
} as const satisfies Contract;
