import { pool } from "../../database";

/** Says after one query that nothing has changed. */
export async function GET(): Promise<Response> {
  await pool.query('SELECT sum(version) AS version FROM "ContentVersion"');
  return new Response(null, { status: 304, headers: { ETag: '"1"' } });
}
