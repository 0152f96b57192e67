import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { PageShell } from "@/app/_components/layout/page-shell";
import { Link } from "@/app/_components/ui/link";
import { articlePath } from "@/lib/articles/paths/article-path";
import { deleteArticleAction } from "../../actions";
import { loadChangeableArticle } from "../../load-article";

type Props = PageProps<"/articles/[id]/delete">;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("deletion");
  return { title: t("title") };
}

/** Asks for confirmation before deleting. A page rather than a dialog, so that it works without JavaScript. */
export default async function DeleteArticlePage({ params }: Props) {
  const {
    article: { id, title },
  } = await loadChangeableArticle((await params).id, "delete");
  const t = await getTranslations("deletion");
  return (
    <PageShell>
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="text-32">{t("title")}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{t("text", { title })}</p>
          <Form action={deleteArticleAction} hidden={{ id }} className="mt-8 flex flex-wrap gap-3">
            <SubmitButton working={t("deleting")} className="button button-accent">
              {t("confirm")}
            </SubmitButton>
            <Link href={articlePath({ id, title })} className="button">
              {t("cancel")}
            </Link>
          </Form>
        </div>
      </div>
    </PageShell>
  );
}
