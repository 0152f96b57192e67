import { pool } from "../../../database";
import { verify } from "../../../tokens";

type Context = { params: Promise<{ id: string }> };

export async function GET(request: Request, { params }: Context): Promise<Response> {
  await verify(request);
  const { id } = await params;
  const { rows } = await pool.query(
    `SELECT a.id, a.title, a.content, a."coverImage", a.category, a."isPublished", ARRAY[]::text[] AS tags,
            a."createdBy", u.name AS "authorName", u.image AS "authorImage", a."createdAt", a."updatedAt"
       FROM "Article" a LEFT JOIN "User" u ON u.id = a."createdBy"
      WHERE a.id = $1 AND a."isPublished"`,
    [id],
  );
  return Response.json(rows[0]);
}
