import { z } from "zod";

/** Offsets beyond this are nobody's next page; PostgreSQL would count its way there. */
const maxPage = 1_000_000;
const maxLimit = 100;

/** A whole number in a query string: digits alone, so that `1e9`, `0x10` and ` 1` are refused. */
function wholeNumber({ max, fallback }: { max: number; fallback: number }) {
  return z
    .string()
    .regex(/^[0-9]{1,9}$/, "number")
    .transform(Number)
    .pipe(z.number().min(1).max(max))
    .prefault(String(fallback))
    .meta({ type: "integer", minimum: 1, maximum: max, default: fallback });
}

/**
 * The query of a list: `page`, `limit`, `sortBy`, `sortDirection`.
 *
 * @param sortFields what the list may be sorted by; the first is the default.
 */
export function listQuery<const Field extends string>(sortFields: readonly [Field, ...Field[]]) {
  return z.object({
    page: wholeNumber({ max: maxPage, fallback: 1 }),
    limit: wholeNumber({ max: maxLimit, fallback: 20 }),
    sortBy: z.enum(sortFields).default(sortFields[0] as z.util.NoUndefined<Field>),
    sortDirection: z.enum(["asc", "desc"]).default("desc"),
  });
}

const pagination = z.object({
  total: z.int().min(0),
  page: z.int().min(1),
  limit: z.int().min(1).max(maxLimit),
  totalPages: z.int().min(0),
  hasNext: z.boolean(),
  hasPrev: z.boolean(),
});

export type Pagination = z.output<typeof pagination>;

/** A page of a list. */
export type Page<Item> = { items: Item[]; pagination: Pagination };

/** @returns the schema of a page of such items. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), pagination });
}

/**
 * Tells where in a list a page is.
 *
 * @param total how many items the list has; 0 makes 0 pages.
 */
export function paginate(total: number, { page, limit }: { page: number; limit: number }): Pagination {
  const totalPages = Math.ceil(total / limit);
  return { total, page, limit, totalPages, hasNext: page < totalPages, hasPrev: page > 1 && totalPages > 0 };
}
