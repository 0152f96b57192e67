import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/link";
import { articlePath } from "@/lib/articles/article-path";
import { type Article, articleLimits } from "@/lib/articles/contract";
import { findWebUser } from "@/lib/auth/web-session";
import { findTags } from "@/lib/tags/find-tags";
import { ownTagNames } from "@/lib/tags/own-tag-names";
import { Field, TextArea } from "../_components/field";
import { Form, type FormActionFunction } from "../_components/form";
import { SubmitButton } from "../_components/submit-button";
import { Preview } from "./preview";
import { TagsField } from "./tags-field";

/**
 * Where an article is written. The small facts stand in the margin, as they will when it is read.
 *
 * @param article the one to change, or nothing for a new one.
 */
export async function ArticleForm({ action, article }: { action: FormActionFunction; article?: Article }) {
  const [t, form, tags, choices] = await Promise.all([
    getTranslations("editor"),
    getTranslations("form"),
    findTags(article?.tags ?? []),
    ownTagNames(await findWebUser()),
  ]);
  const isPublished = article?.isPublished ?? false;
  return (
    <Form
      action={action}
      className="with-margin pt-6"
      values={{
        title: article?.title ?? "",
        content: article?.content ?? "",
        category: article?.category ?? "",
        tags: tags.map(({ name }) => name).join(", "),
        coverImage: article?.coverImage ?? "",
      }}
    >
      {article && <input type="hidden" name="id" value={article.id} />}
      <div className="in-column row-start-1 min-w-0">
        <Field
          name="title"
          label={t("title")}
          maxLength={articleLimits.title}
          className=""
          inputClassName="text-24 font-bold tracking-[-0.02em]"
        />
        <TextArea
          name="content"
          label={t("content")}
          help={t("contentHelp")}
          rows={16}
          inputClassName="min-h-96 px-4 py-3 text-17 leading-[1.75]"
        />
        <Preview
          field="content"
          words={{
            open: t("preview"),
            close: t("closePreview"),
            working: t("previewing"),
            empty: t("previewEmpty"),
            failed: t("previewFailed"),
          }}
        />
      </div>
      <div className="mt-5 lg:col-start-1 lg:row-start-1 lg:mt-0">
        <Field
          name="category"
          label={t("category")}
          help={t("categoryHelp")}
          optional={form("optional")}
          maxLength={articleLimits.category}
          className=""
        />
        <TagsField label={t("tags")} help={t("tagsHelp")} optional={form("optional")} choices={choices} />
        <Field
          name="coverImage"
          type="url"
          label={t("coverImage")}
          help={t("coverImageHelp")}
          optional={form("optional")}
        />
      </div>
      <div className="in-column mt-8 flex flex-wrap gap-3">
        {/* The first is what the Enter key presses, so it is the one that changes nothing for readers. */}
        <SubmitButton
          name="isPublished"
          value={String(isPublished)}
          working={t("saving")}
          className={isPublished ? "button button-ink" : "button"}
        >
          {isPublished ? t("save") : t("saveDraft")}
        </SubmitButton>
        <SubmitButton
          name="isPublished"
          value={String(!isPublished)}
          working={t("saving")}
          className={isPublished ? "button" : "button button-ink"}
        >
          {isPublished ? t("unpublish") : t("publish")}
        </SubmitButton>
        <Link href={article ? articlePath(article) : "/articles"} className="target px-3 text-muted">
          {t("cancel")}
        </Link>
      </div>
    </Form>
  );
}
