import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { TextArea } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { FactLink, Facts } from "@/app/_components/ui/facts";
import { Link } from "@/app/_components/ui/link";
import { Section } from "@/app/_components/ui/section";
import { actorOf } from "@/lib/access/actor";
import { getArticle, type ReadArticle } from "@/lib/articles/get-article";
import { articlePath } from "@/lib/articles/paths/article-path";
import { publicationState } from "@/lib/articles/public-articles";
import { site } from "@/lib/config/site";
import { languageOf } from "@/lib/i18n/language-of";
import { zonedMoment } from "@/lib/i18n/moment";
import { notFoundInstead } from "@/lib/web/not-found-instead";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { AdminPage, adminMetadata } from "../../admin-page";
import { requireAdminOr404 } from "../../require-admin-or-404";
import { moderateArticleAction } from "../actions";

type Props = PageProps<"/admin/articles/[id]">;

export const generateMetadata = adminMetadata("articles");

/** A published or scheduled article, and the form that moderates it. */
export default async function AdminArticlePage({ params }: Props) {
  const admin = await requireAdminOr404();
  const id = decodeSegment((await params).id);
  const article = await getArticle(id, actorOf(admin)).catch(notFoundInstead);
  if (publicationState(article) === "draft") notFound();
  const t = await getTranslations("admin.articles");
  return (
    <AdminPage page="articles" title={<span lang={languageOf(article.title)}>{article.title}</span>}>
      <ArticleFacts article={article} />
      {article.createdBy === admin.id ? (
        <p className="mt-8 max-w-[36rem] text-muted">
          {t("ownHelp")}{" "}
          <Link href={`/articles/${article.id}/edit`} className="target link">
            {t("edit")}
          </Link>
        </p>
      ) : (
        <ModerationForm article={article} />
      )}
    </AdminPage>
  );
}

async function ArticleFacts({ article }: { article: ReadArticle }) {
  const [t, locale] = await Promise.all([getTranslations("admin.articles"), getLocale()]);
  const { id, title, author, createdAt, publishedAt } = article;
  const when = zonedMoment(publishedAt ?? createdAt, { locale, timeZone: site.timeZone, dateStyle: "long" });
  const isScheduled = publicationState(article) === "scheduled";
  return (
    <>
      <Facts
        facts={[
          {
            label: t("author"),
            value: author ? (
              <FactLink href={`/admin/people/${author.id}`}>{author.name}</FactLink>
            ) : (
              t("noAuthor")
            ),
          },
          { label: t("state"), value: isScheduled ? t("scheduled", { when }) : t("published") },
          ...(isScheduled ? [] : [{ label: t("date"), value: when }]),
        ]}
      />
      <Link href={articlePath({ id, title })} className="target link mt-2">
        {t("open")}
      </Link>
    </>
  );
}

async function ModerationForm({ article: { id, updatedAt } }: { article: ReadArticle }) {
  const t = await getTranslations("admin.articles");
  return (
    <Section id="moderation" title={t("reasonTitle")}>
      <Form
        action={moderateArticleAction}
        hidden={{ id, updatedAt: updatedAt.toISOString() }}
        className="max-w-[26rem]"
      >
        <TextArea name="reason" label={t("reason")} help={t("reasonHelp")} rows={3} className="mt-3" />
        <div className="mt-4 flex flex-wrap gap-3">
          <SubmitButton
            name="deed"
            value="unpublished"
            working={t("working")}
            className="button w-full sm:w-auto"
          >
            {t("unpublish")}
          </SubmitButton>
          <SubmitButton
            name="deed"
            value="deleted"
            working={t("working")}
            className="button button-accent w-full sm:w-auto"
          >
            {t("delete")}
          </SubmitButton>
        </div>
      </Form>
    </Section>
  );
}
