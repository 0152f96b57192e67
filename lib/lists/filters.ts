import { z } from "zod";
import { composedText, isStorableText } from "@/lib/core/contract";

/** The type of a field. `ids` is a list of ids; a filter tests whether it contains one. */
type FieldKind = keyof typeof values;

const values = {
  text: composedText.refine(isStorableText),
  boolean: z.boolean(),
  time: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text)),
  ids: z.string().refine(isStorableText),
};

type Scalar = string | boolean | Date;

/** One test of one field. `value` is a list for `$in` and `$nin`, and a boolean for `$exists`. */
export type Condition<Field extends string> = {
  field: Field;
  operator: "$eq" | "$ne" | "$gt" | "$gte" | "$lt" | "$lte" | "$in" | "$nin" | "$exists";
  value: Scalar | null | (Scalar | null)[];
};

/** The tests of a field: all of them must hold. */
export type FieldFilter<Field extends string> = Condition<Field>[];

/** The filters of a list's query. */
export type Filters<Field extends string> = {
  andFilters: FieldFilter<Field>[];
  orFilters: FieldFilter<Field>[];
};

/** The test of a field: a value that it must equal, or operators. */
type Test = Scalar | null | { [Operator in Condition<string>["operator"]]?: Condition<string>["value"] };

/**
 * Builds the filters of a list in code, as a request does in JSON.
 *
 * @returns the `andFilters`: all of them must match. A field that is undefined is no filter.
 */
export function filterBy<Field extends string>(
  tests: {
    [Name in Field]?: Test | undefined;
  },
): FieldFilter<Field>[] {
  return Object.entries<Test | undefined>(tests).flatMap(([field, test]) => {
    if (test === undefined) return [];
    const operators = isScalar(test) ? { $eq: test } : test;
    // The type of Object.entries loses the names of the fields and operators.
    return [
      Object.entries(operators).map(([operator, value]) => ({ field, operator, value }) as Condition<Field>),
    ];
  });
}

function isScalar(test: Test): test is Scalar | null {
  return typeof test !== "object" || test === null || test instanceof Date;
}

const maxListLength = 100;

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

/**
 * The filters of a list, for its query:
 * - `andFilters`: fields that must all match: `{"category": "note", "createdAt": {"$gte": "2026-01-01"}}`;
 * - `orFilters`: fields of which one must match: an object, or a list of them to name a field twice.
 *
 * @param fields the fields to filter by, with their types.
 */
export function filtersOn<Field extends string>(fields: Record<Field, FieldKind>) {
  const shape = Object.fromEntries(
    Object.entries<FieldKind>(fields).map(([field, kind]) => [field, fieldFilter(field, kind)]),
  );
  const filters = z
    .strictObject(shape)
    .partial()
    .transform((given) => {
      const named = Object.values(given).filter((tests) => tests !== undefined && tests.length > 0);
      // The keys of the shape are these fields; the type of Object.fromEntries loses them.
      return named as FieldFilter<Field>[];
    });
  const listOfFilters = z
    .array(filters)
    .max(maxListLength)
    .transform((list) => list.flat());
  return {
    andFilters: jsonText
      .pipe(z.unknown().pipe(filters))
      .default([])
      .meta({ description: 'Filters as JSON; all fields must match, as in `{"category": "note"}`.' }),
    orFilters: jsonText
      .pipe(z.union([filters, listOfFilters], filterError))
      .default([])
      .meta({
        description:
          "Filters as JSON; one field must match. A list of objects can name a field more than once.",
      }),
  };
}

/** The schema of a field's filter: a value, null, or operators with their values. */
function fieldFilter(field: string, kind: FieldKind) {
  const scalar: z.ZodType<Scalar> = values[kind];
  const orNull = scalar.nullable();
  const list = z.array(orNull).max(maxListLength);
  const ordered = kind === "ids" ? z.never() : scalar;
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
      // The keys are the operators just checked; the type of Object.entries loses them.
      ([operator, value]) => ({ field, operator, value }) as Condition<string>,
    ),
  );
}
