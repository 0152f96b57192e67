import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import type { Actor } from "@/lib/access/actor";
import type { ReadArticle } from "@/lib/articles/get-article";
import { articlePath } from "@/lib/articles/paths/article-path";
import { publishingProblem } from "@/lib/articles/publishing-problem";
import { issuePreviewLink } from "@/lib/articles/reading/preview-links";
import { publishArticleAction } from "../actions";

/** The actions on an article for its author or an admin. */
export async function AuthorTools({ article, actor }: { article: ReadArticle; actor: Actor }) {
  const [t, readerView] = await Promise.all([getTranslations("article"), readerViewOf(article, actor)]);
  const { id, isPublished } = article;
  const tool = "target link hover:text-accent";
  return (
    <nav
      aria-label={t("tools")}
      className="flex flex-wrap gap-x-4 text-13 lg:mt-4 lg:flex-col lg:items-start print:hidden"
    >
      <Link href={`/articles/${id}/edit`} className={tool}>
        {t("edit")}
      </Link>
      <Link href={readerView} className={tool}>
        {t("readerView")}
      </Link>
      {(isPublished || !publishingProblem(actor)) && (
        <Form action={publishArticleAction} hidden={{ id }}>
          <SubmitButton
            name="isPublished"
            value={String(!isPublished)}
            working={t("working")}
            className={tool}
          >
            {isPublished ? t("unpublish") : t("publish")}
          </SubmitButton>
        </Form>
      )}
      <Link href={`/articles/${id}/delete`} className={tool}>
        {t("delete")}
      </Link>
    </nav>
  );
}

/** @returns the URL at which an author sees the article as readers do: a preview link before it is public. */
async function readerViewOf(
  article: ReadArticle,
  actor: Actor,
): Promise<`/articles/${string}` | `/preview/${string}`> {
  if (article.isPublic) return `${articlePath(article)}?view=reader`;
  return (await issuePreviewLink(article.id, actor)).path;
}
