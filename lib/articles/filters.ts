import { z } from "zod";
import { isStorableText } from "@/lib/http/contract";

/** What articles may be filtered on, by the kind of value. */
const filterFields = {
  id: "text",
  title: "text",
  category: "text",
  isPublished: "boolean",
  createdBy: "text",
  createdAt: "time",
  updatedAt: "time",
  tags: "tags",
} as const;

export type FilterField = keyof typeof filterFields;

const values = {
  text: z.string().refine(isStorableText),
  boolean: z.boolean(),
  time: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text)),
  tags: z.string().refine(isStorableText),
};

type Scalar = string | boolean | Date;

/** One test of one field. `value` is a list for `$in` and `$nin`, and whether there is any for `$exists`. */
export type Condition = {
  field: FilterField;
  operator: "$eq" | "$ne" | "$gt" | "$gte" | "$lt" | "$lte" | "$in" | "$nin" | "$exists";
  value: Scalar | null | (Scalar | null)[];
};

/** A field's tests: all of them hold. */
export type FieldFilter = Condition[];

const maxListLength = 100;

/** What may stand behind a field: a value, null, or operators with their values. */
function fieldFilter(field: FilterField) {
  const scalar: z.ZodType<Scalar> = values[filterFields[field]];
  const orNull = scalar.nullable();
  const list = z.array(orNull).max(maxListLength);
  const ordered = filterFields[field] === "tags" ? z.never() : scalar;
  const operators = z
    .strictObject({
      $eq: orNull,
      $ne: orNull,
      $gt: ordered,
      $gte: ordered,
      $lt: ordered,
      $lte: ordered,
      $in: list,
      $nin: list,
      $exists: z.boolean(),
    })
    .partial();
  return z.union([orNull.transform(($eq) => ({ $eq })), operators]).transform((tests) =>
    Object.entries(tests).map(
      // Object.entries forgets that the keys are the operators just checked.
      ([operator, value]) => ({ field, operator, value }) as Condition,
    ),
  );
}

const filters = z
  .strictObject({
    id: fieldFilter("id"),
    title: fieldFilter("title"),
    category: fieldFilter("category"),
    isPublished: fieldFilter("isPublished"),
    createdBy: fieldFilter("createdBy"),
    createdAt: fieldFilter("createdAt"),
    updatedAt: fieldFilter("updatedAt"),
    tags: fieldFilter("tags"),
  })
  .partial()
  .transform((fields): FieldFilter[] => Object.values(fields).filter((tests) => tests.length > 0));

/** JSON in a query parameter. */
const jsonText = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.issues.push({ code: "custom", message: "filter", input: text });
    return z.NEVER;
  }
});

const filterError = { error: "filter" };

/** Fields that must all match: `{"category": "note", "createdAt": {"$gte": "2026-01-01"}}`. */
export const andFilters = jsonText
  .pipe(z.unknown().pipe(filters))
  .default([])
  .meta({ description: "JSON: fields that must all match." });

/** Fields of which one must match: an object, or a list of them to name a field twice. */
export const orFilters = jsonText
  .pipe(
    z.union(
      [
        filters,
        z
          .array(filters)
          .max(maxListLength)
          .transform((list) => list.flat()),
      ],
      filterError,
    ),
  )
  .default([])
  .meta({ description: "JSON: fields of which one must match; a list of objects names a field twice." });
