import { z } from "zod";
import { type Contract, isStorableText, timestamp } from "@/lib/core/contract";
import { filtersOn } from "@/lib/lists/filters";
import { listQuery, pageOf } from "@/lib/lists/pagination";

const bookmark = z
  .object({ id: z.string(), articleId: z.string(), createdBy: z.string(), createdAt: timestamp })
  .meta({ id: "Bookmark" });

export type Bookmark = z.output<typeof bookmark>;

const bookmarkInput = z.strictObject({
  articleId: z.string().min(1, "required").refine(isStorableText, "unsafeText"),
});

export const bookmarkListQuery = listQuery(["createdAt"]).extend(
  filtersOn({ id: "text", articleId: "text", createdBy: "text", createdAt: "time" }),
);

export type BookmarkListQuery = z.output<typeof bookmarkListQuery>;

const params = z.object({ id: z.string().refine(isStorableText) });

/** The button on a page. It says what is to be, not what to turn around. */
export const bookmarkForm = bookmarkInput.extend({
  isKept: z.enum(["true", "false"]).transform((pressed) => pressed === "true"),
});

export const createBookmarkContract = {
  method: "POST",
  path: "/v1/data/bookmarks",
  summary: "Keep an article among one's bookmarks",
  source: "bkend: blog cookbook, bookmarks",
  access: "user",
  body: bookmarkInput,
  success: { status: 201, body: bookmark },
  errors: ["data/validation-error", "data/duplicate-value", "data/not-found"],
} as const satisfies Contract;

export const getBookmarkContract = {
  method: "GET",
  path: "/v1/data/bookmarks/{id}",
  summary: "Look at a bookmark of one's own",
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
  summary: "List one's own bookmarks",
  source: "bkend: data, list; blog cookbook, bookmarks",
  access: "user",
  query: bookmarkListQuery,
  success: { status: 200, body: pageOf(bookmark) },
  errors: ["data/validation-error"],
} as const satisfies Contract;

export const deleteBookmarkContract = {
  method: "DELETE",
  path: "/v1/data/bookmarks/{id}",
  summary: "Take a bookmark of one's own away",
  source: "bkend: data, delete; blog cookbook, bookmarks",
  access: "user",
  params,
  notFound: "data/not-found",
  success: { status: 200, body: z.object({ success: z.literal(true) }) },
  errors: ["data/not-found"],
} as const satisfies Contract;
