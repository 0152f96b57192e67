import { z } from "zod";
import { composedText, isStorableText } from "@/lib/core/contract";

/** What a field holds: `ids` is a list of them, of which a filter asks whether it holds one. */
type FieldKind = keyof typeof values;

const values = {
  text: composedText.refine(isStorableText),
  boolean: z.boolean(),
  time: z.union([z.iso.datetime({ offset: true }), z.iso.date()]).transform((text) => new Date(text)),
  ids: z.string().refine(isStorableText),
};

type Scalar = string | boolean | Date;

/** One test of one field. `value` is a list for `$in` and `$nin`, and whether there is any for `$exists`. */
export type Condition<Field extends string> = {
  field: Field;
  operator: "$eq" | "$ne" | "$gt" | "$gte" | "$lt" | "$lte" | "$in" | "$nin" | "$exists";
  value: Scalar | null | (Scalar | null)[];
};

/** A field's tests: all of them hold. */
export type FieldFilter<Field extends string> = Condition<Field>[];

/** What a list's query says about its fields. */
export type Filters<Field extends string> = {
  andFilters: FieldFilter<Field>[];
  orFilters: FieldFilter<Field>[];
};

/** What a field must be: equal to a value, or what the operators say. */
type Test = Scalar | null | { [Operator in Condition<string>["operator"]]?: Condition<string>["value"] };

/**
 * The filters of a list that code asks for, as the query of a request names them in JSON.
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
    // Object.entries forgets the names of the fields and of the operators.
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
 * @param fields what the list may be filtered on, by what each holds.
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
      // The keys of the shape are these fields, which Object.fromEntries forgets.
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

/** What may stand behind a field: a value, null, or operators with their values. */
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
      // Object.entries forgets that the keys are the operators just checked.
      ([operator, value]) => ({ field, operator, value }) as Condition<string>,
    ),
  );
}
