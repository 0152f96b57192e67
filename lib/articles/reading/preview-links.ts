import "server-only";
import type { Actor } from "@/lib/access/actor";
import { articleColumns, articleFrom } from "@/lib/articles/article-rows";
import type { Article } from "@/lib/articles/contract";
import { requireChangeable } from "@/lib/articles/require-changeable";
import { env } from "@/lib/config/env";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { equalSecrets, macOf } from "@/lib/crypto/secrets";

const lifeDays = 7;

/** The claims of a preview link. An article counts the revocations of its links; a link of an older count is invalid. */
type Claims = { articleId: string; version: number; expiresAt: Date };

/**
 * Issues a link to a page that shows an article, published or not, to anyone who has the link. Nothing is
 * stored: the link carries its claims under a MAC.
 *
 * @returns the path and the absolute URL of the page, and when the link expires: after seven days.
 * @throws AppError `data/not-found` (404), `data/permission-denied` (403).
 */
export async function issuePreviewLink(
  id: string,
  actor: Actor,
): Promise<{ path: `/preview/${string}`; url: string; expiresAt: Date }> {
  await requireChangeable(id, actor);
  const [article] = await query<{ previewVersion: number }>(Prisma.sql`
    SELECT "previewVersion" FROM "Article" WHERE id = ${id}`);
  if (!article) throw new AppError("data/not-found");
  const expiresAt = new Date(Date.now() + lifeDays * 24 * 3600 * 1000);
  const path = `/preview/${tokenOf({ articleId: id, version: article.previewVersion, expiresAt })}` as const;
  return { path, url: env().APP_URL + path, expiresAt };
}

/**
 * Revokes all preview links of an article. The article itself does not count as changed.
 *
 * @throws AppError `data/not-found` (404), `data/permission-denied` (403).
 */
export async function revokePreviewLinks(id: string, actor: Actor): Promise<void> {
  await requireChangeable(id, actor);
  const revoked = await query(Prisma.sql`
    UPDATE "Article" SET "previewVersion" = "previewVersion" + 1 WHERE id = ${id} RETURNING id`);
  if (revoked.length === 0) throw new AppError("data/not-found");
}

/** @returns the article that a preview link shows, or null for a link that is invalid or expired. */
export async function findPreviewedArticle(token: string): Promise<Article | null> {
  const claims = readToken(token);
  if (!claims || claims.expiresAt <= new Date()) return null;
  const [article] = await query<Article>(Prisma.sql`
    SELECT ${articleColumns()} FROM ${articleFrom()}
     WHERE a.id = ${claims.articleId} AND a."previewVersion" = ${claims.version}`);
  return article ?? null;
}

function tokenOf({ articleId, version, expiresAt }: Claims): string {
  const claims = Buffer.from(JSON.stringify([articleId, version, expiresAt.getTime()])).toString("base64url");
  const mac = macOf("preview-link", claims);
  return `${claims}.${mac}`;
}

function readToken(token: string): Claims | null {
  const [claims = "", mac = "", ...rest] = token.split(".");
  const expected = macOf("preview-link", claims);
  if (rest.length > 0 || !equalSecrets(mac, expected)) return null;
  const [articleId, version, expiresAt]: [string, number, number] = JSON.parse(
    Buffer.from(claims, "base64url").toString(),
  );
  return { articleId, version, expiresAt: new Date(expiresAt) };
}
