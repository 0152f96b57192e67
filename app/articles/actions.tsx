"use server";

import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { z } from "zod";
import { actorOf } from "@/lib/access/actor";
import { articleChangeForm, articleForm, articleLimits, getArticleContract } from "@/lib/articles/contract";
import { createArticle } from "@/lib/articles/create-article";
import { deleteArticle } from "@/lib/articles/delete-article";
import { articlePath } from "@/lib/articles/paths/article-path";
import { revokePreviewLinks } from "@/lib/articles/reading/preview-links";
import { requireChangeable } from "@/lib/articles/require-changeable";
import { updateArticle } from "@/lib/articles/update-article";
import { site } from "@/lib/config/site";
import { composedText, countCodePoints } from "@/lib/core/contract";
import { findPictureSizes } from "@/lib/files/picture-sizes";
import { languageOf } from "@/lib/i18n/language-of";
import { timeAtWall, wallTimeOf } from "@/lib/i18n/wall-time";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { ensureTags } from "@/lib/tags/ensure-tags";
import { formAction } from "@/lib/web/forms/form-action";
import { isWithinPageLimit } from "@/lib/web/page-limit";
import { getCurrentUser, requireCurrentUserOr401 } from "@/lib/web/session/browser-session";
import { Prose } from "../_components/articles/prose";

const { id: articleId } = getArticleContract.params.shape;

/** Creates an article and redirects to it. */
export const createArticleAction = formAction(
  "create-article",
  articleForm,
  async ({ excerpt = null, coverAlt = null, publishAt, timeZone, ...input }) => {
    const author = await requireCurrentUserOr401();
    const tags = await ensureTags(input.tags ?? [], author);
    const publishedAt = publishAt ? timeAtWall(publishAt, timeZone ?? site.timeZone) : null;
    const article = { ...input, excerpt, coverAlt, publishedAt, tags };
    redirect(articlePath(await createArticle(article, author, actorOf(author))));
  },
);

/** Updates an article and redirects to it. */
export const updateArticleAction = formAction(
  "update-article",
  articleChangeForm,
  async ({ id, tags, updatedAt, replaces, publishAt, timeZone, ...fields }) => {
    const author = await requireCurrentUserOr401();
    const actor = actorOf(author);
    // Checked first, so that no tags are created for an article that the user may not change.
    const present = await requireChangeable(id, actor);
    const patch = {
      ...fields,
      ...publishedAtPatch(present.publishedAt, publishAt, timeZone),
      ...(tags && { tags: await ensureTags(tags, author, present.tags) }),
    };
    redirect(articlePath(await updateArticle(id, patch, actor, { unchangedSince: replaces ?? updatedAt })));
  },
);

/** The field has no seconds: an unchanged value must not truncate the saved time. */
function publishedAtPatch(
  present: Date | null,
  publishAt: string | undefined,
  timeZone: string = site.timeZone,
): { publishedAt?: Date | null } {
  if (publishAt === undefined || publishAt === (present ? wallTimeOf(present, timeZone) : "")) return {};
  return { publishedAt: publishAt === "" ? null : timeAtWall(publishAt, timeZone) };
}

/** Revokes the preview links of an article. */
export const revokePreviewLinksAction = formAction(
  "revoke-preview-links",
  z.object({ id: articleId }),
  async ({ id }) => {
    await revokePreviewLinks(id, actorOf(await requireCurrentUserOr401()));
    redirect(`/articles/${id}/edit`);
  },
);

/** Publishes an article, or makes it a draft again. */
export const publishArticleAction = formAction(
  "publish-article",
  articleForm.pick({ isPublished: true }).extend({ id: articleId }),
  async ({ id, isPublished }) => {
    redirect(articlePath(await updateArticle(id, { isPublished }, actorOf(await requireCurrentUserOr401()))));
  },
);

/** Deletes an article permanently, and redirects to the author's articles. */
export const deleteArticleAction = formAction(
  "delete-article",
  z.object({ id: articleId }),
  async ({ id }) => {
    await deleteArticle(id, actorOf(await requireCurrentUserOr401()));
    redirect("/articles");
  },
);

const previewInput = z.object({ title: composedText, content: composedText });

/**
 * Renders a preview of an article.
 *
 * @returns the preview, or null for a guest, for input that could not be saved, and above the rate limit.
 */
export async function previewArticle(input: z.input<typeof previewInput>): Promise<ReactNode> {
  const { data } = previewInput.safeParse(input);
  if (!data || countCodePoints(data.content) > articleLimits.content) return null;
  if (!(await isWithinPageLimit()) || !(await getCurrentUser())) return null;
  return (
    <div lang={languageOf(data.title + data.content)}>
      <Prose
        tree={(await parseMarkdown(data.content)).tree}
        pictures={await findPictureSizes([data.content])}
        hasFirst
      />
    </div>
  );
}
