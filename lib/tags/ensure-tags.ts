import "server-only";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { AppError } from "@/lib/core/errors";
import { tagNameKey } from "./contract";
import { createTag } from "./create-tag";
import { findTagsByName } from "./find-tags";

/**
 * Finds the tags of an article by their names from a form, and creates those that its author does not have yet.
 *
 * @param carried the ids of the tags that the article carries now: they stay, whoever created them.
 * @returns the ids, in the order of the names.
 */
export async function ensureTags(
  names: readonly string[],
  author: Pick<CurrentUser, "id" | "role">,
  carried: readonly string[] = [],
): Promise<string[]> {
  const known = await findTagsByName(names, author.id, carried);
  const missing = names.filter((name) => !known.has(tagNameKey(name)));
  for (const name of missing) await createTag({ name, slug: "" }, author.id, author).catch(ignoreDuplicate);

  const tags = missing.length > 0 ? await findTagsByName(names, author.id, carried) : known;
  return names.flatMap((name) => tags.get(tagNameKey(name))?.id ?? []);
}

/** A concurrent request of the same author has created the tag meanwhile. */
function ignoreDuplicate(error: unknown): void {
  if (!(error instanceof AppError) || error.code !== "data/duplicate-value") throw error;
}
