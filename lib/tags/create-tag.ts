import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/access/actor";
import { requireWriter } from "@/lib/access/changeable-by";
import { onDuplicate, onMissing } from "@/lib/core/database-errors";
import { Prisma, query } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { type Tag, type TagInput, tagNameKey } from "./contract";
import { tagColumns } from "./tag-rows";
import { tagSlug } from "./tag-slug";

/**
 * Creates a tag. A slug made from the name gets a suffix if the author has a tag with it already; a given slug
 * does not.
 *
 * @throws AppError `data/duplicate-value` (409) if the author has a tag with this name, in any case, or with this
 *   slug; `data/permission-denied` (403) for the role `guest`; `auth/invalid-token` (401) when the author's account
 *   was deleted meanwhile.
 * @see bkend: blog cookbook, tags
 */
export async function createTag(
  { name, slug }: TagInput,
  authorId: string,
  actor: Pick<Actor, "role">,
): Promise<Tag> {
  requireWriter(actor);
  const id = randomUUID();
  const tag = slug
    ? await insert({ id, name, slug, authorId }, Prisma.empty)
    : ((await insert({ id, name, slug: tagSlug(name), authorId }, unlessSlugIsTaken)) ??
      (await insert({ id, name, slug: `${tagSlug(name)}-${id.slice(-6)}`, authorId }, Prisma.empty)));
  if (!tag) throw new AppError("data/duplicate-value");
  return tag;
}

const unlessSlugIsTaken = Prisma.sql`ON CONFLICT ("createdBy", slug) DO NOTHING`;

async function insert(
  { id, name, slug, authorId }: { id: string; name: string; slug: string; authorId: string },
  onConflict: Prisma.Sql,
): Promise<Tag | undefined> {
  const [tag] = await query<Tag>(Prisma.sql`
    INSERT INTO "Tag" AS t (id, name, "nameKey", slug, "createdBy", "updatedAt")
    VALUES (${id}, ${name}, ${tagNameKey(name)}, ${slug}, ${authorId}, now()) ${onConflict}
    RETURNING ${tagColumns}`)
    .catch(onDuplicate("data/duplicate-value"))
    // The author's account may be deleted meanwhile.
    .catch(onMissing("auth/invalid-token"));
  return tag;
}
