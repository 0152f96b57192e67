import { headers } from "next/headers";
import { pool } from "../../database";
import { Words } from "../words";

/** A page that is rendered for each request, after one query. */
export default async function Page() {
  await headers();
  const { rows } = await pool.query('SELECT sum(version) AS version FROM "ContentVersion"');
  return (
    <>
      <p>{rows.length}</p>
      <Words />
    </>
  );
}
