import { pool } from "../../database";

/** Responds with 304 after one query. */
export async function GET(): Promise<Response> {
  await pool.query('SELECT sum(version) AS version FROM "ContentVersion"');
  return new Response(null, { status: 304, headers: { ETag: '"1"' } });
}
