import { Client, type QueryResultRow } from "pg";
import { inject } from "vitest";

/** Runs SQL on the database of the running app: to inspect rows, or to change their times. */
export async function queryDatabase<Row extends QueryResultRow>(
  sql: string,
  ...values: unknown[]
): Promise<Row[]> {
  const client = new Client({ connectionString: inject("databaseUrl") });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
