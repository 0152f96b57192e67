import "server-only";
import { Prisma, query as runSql } from "@/lib/core/db";
import type { Condition, FieldFilter, Filters } from "./filters";
import { type Page, paginate } from "./pagination";

/** The column of a field, marked if it contains a list. */
type Column = Prisma.Sql | { list: Prisma.Sql };

/** The parts of a list's SQL statement. */
type List = Record<"columns" | "from" | "where" | "orderBy", Prisma.Sql> & {
  /** A query for the total, if that is known without counting the rows. */
  total?: Prisma.Sql;
};

/**
 * Reads a page of a list in one statement: each row contains the total.
 *
 * @param list.orderBy ends with the id, so that pages never overlap: see `orderOf`.
 * @returns the page; the caller names the type of the rows, which the response's contract checks.
 */
export async function readPage<Row extends object>(
  { columns, from, where, orderBy, total = Prisma.sql`SELECT count(*) FROM ${from} WHERE ${where}` }: List,
  { page, limit }: { page: number; limit: number },
): Promise<Page<Row>> {
  const rows = await runSql<Row & { totalOfList: number }>(Prisma.sql`
    SELECT ${columns}, (${total})::int AS "totalOfList" FROM ${from} WHERE ${where}
     ORDER BY ${orderBy} LIMIT ${limit} OFFSET ${(page - 1) * limit}`);
  return {
    // Without the total it is a `Row`; the compiler does not resolve `Omit` through a type parameter.
    items: rows.map(({ totalOfList: _, ...row }) => row as unknown as Row),
    pagination: paginate(rows[0]?.totalOfList ?? (await countForEmptyPage(total, page)), { page, limit }),
  };
}

/** The total for a page without rows: the page is beyond the last one, or the list is empty. */
async function countForEmptyPage(total: Prisma.Sql, page: number): Promise<number> {
  if (page === 1) return 0;
  const counted = await runSql<{ total: number }>(Prisma.sql`SELECT (${total})::int AS total`);
  return counted[0]?.total ?? 0;
}

/** @returns a text as part of a pattern for `LIKE`, with the pattern's own characters escaped. */
export function escapePattern(text: string): string {
  return text.replace(/[\\%_]/g, "\\$&");
}

/** @returns the SQL conditions of a list's filters; all of them must hold. */
export function conditionsOf<Field extends string>(
  { andFilters, orFilters }: Filters<Field>,
  columns: Record<Field, Column>,
): Prisma.Sql[] {
  const testsOf = (filter: FieldFilter<Field>) => {
    return Prisma.sql`(${Prisma.join(
      filter.map((condition) => testOf(condition, columns[condition.field])),
      " AND ",
    )})`;
  };
  const orConditions =
    orFilters.length > 0 ? [Prisma.sql`(${Prisma.join(orFilters.map(testsOf), " OR ")})`] : [];
  return [...andFilters.map(testsOf), ...orConditions];
}

/**
 * @param options.nullsLast the columns whose rows without a value come last in both directions.
 * @returns the SQL order of a list's query. Ties are broken by id, so that pages never overlap.
 */
export function orderOf<Field extends string>(
  { sortBy, sortDirection }: { sortBy: Field; sortDirection: "asc" | "desc" },
  columns: Record<Field | "id", Prisma.Sql>,
  { nullsLast = [] }: { nullsLast?: readonly Field[] } = {},
): Prisma.Sql {
  const direction = sortDirection === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  // By default PostgreSQL sorts nulls first when descending, and last when ascending.
  const nulls = nullsLast.includes(sortBy) ? Prisma.sql` NULLS LAST` : Prisma.empty;
  return Prisma.sql`${columns[sortBy]} ${direction}${nulls}, ${columns.id} ${direction}`;
}

function testOf(condition: Condition<string>, column: Column): Prisma.Sql {
  return "list" in column ? listTestOf(condition, column.list) : columnTestOf(condition, column);
}

function columnTestOf({ operator, value }: Condition<string>, column: Prisma.Sql): Prisma.Sql {
  switch (operator) {
    case "$eq":
      return value === null ? Prisma.sql`${column} IS NULL` : Prisma.sql`${column} = ${value}`;
    case "$ne":
      return value === null
        ? Prisma.sql`${column} IS NOT NULL`
        : Prisma.sql`${column} IS DISTINCT FROM ${value}`;
    case "$gt":
      return Prisma.sql`${column} > ${value}`;
    case "$gte":
      return Prisma.sql`${column} >= ${value}`;
    case "$lt":
      return Prisma.sql`${column} < ${value}`;
    case "$lte":
      return Prisma.sql`${column} <= ${value}`;
    case "$exists":
      return value === true ? Prisma.sql`${column} IS NOT NULL` : Prisma.sql`${column} IS NULL`;
    case "$in":
      return anyOf(column, listOf(value));
    case "$nin":
      return Prisma.sql`(${anyOf(column, listOf(value))}) IS NOT TRUE`;
  }
}

function anyOf(column: Prisma.Sql, values: unknown[]): Prisma.Sql {
  const nonNull = values.filter((value) => value !== null);
  const test = nonNull.length > 0 ? Prisma.sql`${column} IN (${Prisma.join(nonNull)})` : Prisma.sql`FALSE`;
  return values.length > nonNull.length ? Prisma.sql`(${test} OR ${column} IS NULL)` : test;
}

/** A list matches each value that it contains; an empty list matches null. Its index supports `&&`. */
function listTestOf({ operator, value }: Condition<string>, list: Prisma.Sql): Prisma.Sql {
  switch (operator) {
    case "$eq":
    case "$in":
      return containsAnyOf(list, listOf(value));
    case "$ne":
    case "$nin":
      return Prisma.sql`NOT ${containsAnyOf(list, listOf(value))}`;
    case "$exists":
      return value === true ? Prisma.sql`${list} <> '{}'` : Prisma.sql`${list} = '{}'`;
    default:
      // A list has no order; the schema of the filters rejects these operators.
      return Prisma.sql`FALSE`;
  }
}

function containsAnyOf(list: Prisma.Sql, values: unknown[]): Prisma.Sql {
  const nonNull = values.filter((value) => value !== null);
  const test = Prisma.sql`${list} && ${nonNull}::text[]`;
  return values.length > nonNull.length ? Prisma.sql`(${test} OR ${list} = '{}')` : Prisma.sql`(${test})`;
}

function listOf(value: Condition<string>["value"]): unknown[] {
  return Array.isArray(value) ? value : [value];
}
