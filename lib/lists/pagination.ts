import { z } from "zod";

/** Larger offsets are useless and slow: PostgreSQL reads all rows before the offset. */
const maxPage = 1_000_000;
const maxLimit = 100;

/** A whole number in a query string: digits only, so that `1e9`, `0x10` and ` 1` are rejected. */
function wholeNumber({ max, fallback, description }: { max: number; fallback: number; description: string }) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, "number")
    .transform(Number)
    .pipe(z.number().min(1).max(max))
    .prefault(String(fallback))
    .meta({ type: "integer", minimum: 1, maximum: max, default: fallback, description });
}

/**
 * The query of a list: `page`, `limit`, `sortBy`, `sortDirection`.
 *
 * @param sortFields the fields to sort by; the first is the default.
 */
export function listQuery<const Field extends string>(sortFields: readonly [Field, ...Field[]]) {
  return z.object({
    page: wholeNumber({ max: maxPage, fallback: 1, description: "The number of the page." }),
    limit: wholeNumber({ max: maxLimit, fallback: 20, description: "The number of items per page." }),
    sortBy: z
      .enum(sortFields)
      .default(sortFields[0] as z.util.NoUndefined<Field>)
      .meta({ description: "The field to sort by." }),
    sortDirection: z.enum(["asc", "desc"]).default("desc").meta({ description: "Ascending or descending." }),
  });
}

const pagination = z.object({
  total: z.int().min(0).meta({ description: "The number of items on all pages." }),
  page: z.int().min(1).meta({ description: "The number of this page." }),
  limit: z.int().min(1).max(maxLimit).meta({ description: "The number of items per page." }),
  totalPages: z.int().min(0).meta({ description: "The number of pages; 0 without items." }),
  hasNext: z.boolean().meta({ description: "Whether there is a next page." }),
  hasPrev: z.boolean().meta({ description: "Whether there is a previous page." }),
});

export type Pagination = z.output<typeof pagination>;

/** A page of a list. */
export type Page<Item> = { items: Item[]; pagination: Pagination };

/** @returns the schema of a page of such items. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item).meta({ description: "The items of this page." }),
    pagination: pagination.meta({ description: "The position of this page in the list." }),
  });
}

/**
 * Describes the position of a page in its list.
 *
 * @param total the number of items in the list; an empty list has 0 pages.
 */
export function paginate(total: number, { page, limit }: { page: number; limit: number }): Pagination {
  const totalPages = Math.ceil(total / limit);
  return { total, page, limit, totalPages, hasNext: page < totalPages, hasPrev: page > 1 && totalPages > 0 };
}
