import { headers } from "next/headers";
import { pool } from "../../../database";
import { Words } from "../../words";

type Props = { params: Promise<{ bytes: string }> };

/** A page that is rendered for each request, after one query, with a nonce from the proxy. */
export default async function Page({ params }: Props) {
  await headers();
  const { rows } = await pool.query('SELECT sum(version) AS version FROM "ContentVersion"');
  return (
    <>
      <p>{rows.length}</p>
      <Words bytes={Number((await params).bytes)} />
    </>
  );
}
