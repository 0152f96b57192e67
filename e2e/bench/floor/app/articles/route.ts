import { randomUUID } from "node:crypto";
import type { NextRequest } from "next/server";
import { pool } from "../../database";
import { verify } from "../../tokens";

export async function GET(request: NextRequest): Promise<Response> {
  const { sub } = await verify(request);
  const limit = 20;
  const offset = (Number(request.nextUrl.searchParams.get("page") ?? 1) - 1) * limit;
  const [list, count] = await Promise.all(
    sub
      ? [pool.query(listFor('OR a."createdBy" = $3'), [limit, offset, sub]), pool.query(countForUser, [sub])]
      : [pool.query(listFor(""), [limit, offset]), pool.query(countForGuest)],
  );
  return Response.json({ items: list?.rows, total: count?.rows[0].total });
}

export async function POST(request: Request): Promise<Response> {
  const { sub } = await verify(request);
  const { title, content, category, isPublished } = await request.json();
  const { rows } = await pool.query(
    `INSERT INTO "Article" (id, title, content, category, "isPublished", "createdBy", "updatedAt")
     VALUES ($1, $2, $3, $4, $5, $6, now())
     RETURNING *`,
    [randomUUID(), title, content, category, isPublished, sub],
  );
  return Response.json(rows[0], { status: 201 });
}

function listFor(others: string): string {
  return `
    SELECT a.id, a.title, a.content, a."coverImage", a.category, a."isPublished", a.tags,
           a."createdBy", u.name AS "authorName", u.image AS "authorImage", a."createdAt", a."updatedAt"
      FROM "Article" a LEFT JOIN "User" u ON u.id = a."createdBy"
     WHERE (a."isPublished" ${others})
     ORDER BY a."createdAt" DESC, a.id DESC
     LIMIT $1 OFFSET $2`;
}

const countForGuest = 'SELECT coalesce(sum(published), 0)::int AS total FROM "ArticleCount"';

const countForUser = `
  SELECT (coalesce(sum(published), 0)
          + (SELECT count(*) FROM "Article" WHERE "createdBy" = $1 AND NOT "isPublished"))::int AS total
    FROM "ArticleCount"`;
