import { pool } from "../../database";
import { readRefreshToken, sign, writeRefreshToken } from "../../tokens";

export async function POST(request: Request): Promise<Response> {
  const { refreshToken } = await request.json();
  const { sessionId, counter } = readRefreshToken(refreshToken);
  const { rows } = await pool.query(
    `UPDATE "Session" s
        SET "refreshCounter" = "refreshCounter" + 1, "refreshedAt" = now(), "lastActivityAt" = now(),
            "expiresAt" = LEAST(now() + $1 * interval '1 second', "endsAt")
       FROM "User" u
      WHERE s.id = $2::uuid AND s."refreshCounter" = $3
        AND s."endedAt" IS NULL AND s."expiresAt" > now() AND u.id = s."userId" AND u."bannedAt" IS NULL
      RETURNING s."userId", s."refreshCounter" AS counter`,
    [30 * 24 * 3600, sessionId, counter],
  );
  const [session] = rows;
  return Response.json({
    accessToken: await sign(session.userId, sessionId),
    refreshToken: writeRefreshToken(sessionId, session.counter),
    tokenType: "Bearer",
    expiresIn: 3600,
  });
}
