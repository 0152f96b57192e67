import { pool } from "../../database";
import { verify } from "../../tokens";

export async function GET(request: Request): Promise<Response> {
  const { sub, sid } = await verify(request);
  const { rows } = await pool.query(
    `SELECT u.id, s.id AS "sessionId", u.email, u.name, u.image, u.role, u."emailVerified" IS NOT NULL AS "emailVerified",
            u."createdAt", u."updatedAt", u."bannedAt" IS NOT NULL AS "isBanned", s."endedAt" IS NOT NULL AS "isEnded"
       FROM "Session" s JOIN "User" u ON u.id = s."userId"
      WHERE s.id = $1::uuid AND u.id = $2`,
    [sid, sub],
  );
  return Response.json(rows[0]);
}
