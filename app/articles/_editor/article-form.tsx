import { getLocale, getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { SubmitButton } from "@/app/_components/forms/submit-button";
import { Link } from "@/app/_components/ui/link";
import { actorOf } from "@/lib/access/actor";
import { type Article, articleLimits } from "@/lib/articles/contract";
import { articlePath } from "@/lib/articles/paths/article-path";
import { publishingProblem } from "@/lib/articles/publishing-problem";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { site } from "@/lib/config/site";
import { errorMessage } from "@/lib/core/error-messages";
import { findTags } from "@/lib/tags/find-tags";
import { listOwnTagNames } from "@/lib/tags/list-own-tag-names";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { DraftAutosave } from "./drafts/draft-autosave";
import { EditConflict } from "./edit-conflict";
import { ExcerptField } from "./excerpt-field";
import { CoverField } from "./images/cover-field";
import { MarkdownEditor } from "./markdown-editor";
import { PublishAtField } from "./publish-at-field";
import { SignInAgain } from "./sign-in-again";
import { TagsField } from "./tags-field";

/**
 * Where an article is written. The small facts stand in the margin, as they will when it is read. The form works
 * without a script; what makes writing comfortable is added to it by scripts.
 *
 * @param user who writes: the author, or an admin.
 * @param article the one to change, or nothing for a new one.
 */
export async function ArticleForm({
  action,
  user,
  article,
}: {
  action: FormActionFunction;
  user: CurrentUser;
  article?: Article;
}) {
  const [t, form, locale, tags, choices] = await Promise.all([
    getTranslations("editor"),
    getTranslations("form"),
    getLocale(),
    findTags(article?.tags ?? []),
    listOwnTagNames(user),
  ]);
  const isPublished = article?.isPublished ?? false;
  const problem = publishingProblem(actorOf(user));
  const path = article ? articlePath(article) : "/articles";
  const uploadWords = {
    uploading: t("uploading", { name: "{name}" }),
    uploadFailed: t("uploadFailed"),
    tooLarge: errorMessage("file/file-too-large", locale),
    wrongType: errorMessage("file/invalid-format", locale),
    error: form("error"),
  };
  return (
    <Form
      action={action}
      className="pt-6 lg:[&>[role=alert]]:ml-50"
      values={{
        title: article?.title ?? "",
        content: article?.content ?? "",
        category: article?.category ?? "",
        tags: tags.map(({ name }) => name).join(", "),
        coverImage: article?.coverImage ?? "",
        excerpt: article?.excerpt ?? "",
        coverAlt: article?.coverAlt ?? "",
        ...(article && { updatedAt: article.updatedAt.toISOString() }),
      }}
    >
      <div className="with-margin">
        <div className="in-column min-w-0">
          <SignInAgain words={{ signIn: t("signIn") }} />
          {article && (
            <>
              <input type="hidden" name="id" value={article.id} />
              <EditConflict
                path={path}
                userId={user.id}
                locale={locale}
                timeZone={site.timeZone}
                words={{
                  byYou: t("changedByYou", { when: "{when}" }),
                  by: t("changedBy", { name: "{name}", when: "{when}" }),
                  bySomebody: t("changedByUnknownUser", { when: "{when}" }),
                  see: t("seeOther"),
                  replace: t("replaceOther"),
                }}
              />
            </>
          )}
        </div>
      </div>
      <DraftAutosave
        subject={`${user.id}:${article?.id ?? "new"}`}
        words={{
          offer: t("draftOffer", { when: "{when}" }),
          restore: t("restoreDraft"),
          discard: t("discardDraft"),
          kept: t("draftKept"),
          notKept: t("draftNotKept"),
          waiting: t("waitForUploads"),
          leave: t("leave"),
        }}
      >
        <div className="with-margin">
          <div className="in-column row-start-1 min-w-0">
            <Field
              name="title"
              label={t("title")}
              maxLength={articleLimits.title}
              className=""
              inputClassName="text-24 font-bold tracking-[-0.02em]"
            />
            <MarkdownEditor
              label={t("content")}
              help={t("contentHelp")}
              words={{
                ...uploadWords,
                view: t("view"),
                write: t("write"),
                preview: t("preview"),
                previewing: t("previewing"),
                previewEmpty: t("previewEmpty"),
                previewFailed: t("previewFailed"),
                toolbar: t("toolbar"),
                bold: t("bold"),
                italic: t("italic"),
                heading: t("heading"),
                link: t("link"),
                quote: t("quote"),
                code: t("code"),
                list: t("list"),
                image: t("image"),
                chooseImages: t("chooseImages"),
                describeImage: t("describeImage"),
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
            <CoverField
              label={t("coverImage")}
              help={t("coverImageHelp")}
              optional={form("optional")}
              words={{
                ...uploadWords,
                drop: t("coverDrop"),
                choose: t("coverChoose"),
                remove: t("coverRemove"),
              }}
            />
            <Field
              name="coverAlt"
              label={t("coverAlt")}
              help={t("coverAltHelp")}
              optional={form("optional")}
              maxLength={articleLimits.coverAlt}
            />
            <ExcerptField
              label={t("excerpt")}
              help={t("excerptHelp")}
              optional={form("optional")}
              limit={articleLimits.excerpt}
              left={t("charactersLeft", { count: "{count}" })}
            />
            <PublishAtField
              label={t("publishAt")}
              help={t("publishAtHelp", { zone: "{zone}" })}
              optional={form("optional")}
              publishedAt={article?.publishedAt?.toISOString()}
              timeZone={site.timeZone}
            />
          </div>
          <div className="in-column mt-8 flex flex-wrap gap-3">
            {problem && (
              <p className="basis-full border-l border-accent pl-3">
                {problem === "auth/email-not-verified" ? (
                  <>
                    {t("confirmToPublish")}{" "}
                    <Link href="/me" className="target link">
                      {t("confirmLink")}
                    </Link>
                  </>
                ) : (
                  t("onlyAdminsPublish")
                )}
              </p>
            )}
            {/* The first is what the Enter key presses, so it is the one that changes nothing for readers. */}
            {(!isPublished || !problem) && (
              <SubmitButton
                name="isPublished"
                value={String(isPublished)}
                working={t("saving")}
                className={isPublished ? "button button-ink" : "button"}
              >
                {isPublished ? t("save") : t("saveDraft")}
              </SubmitButton>
            )}
            {(isPublished || !problem) && (
              <SubmitButton
                name="isPublished"
                value={String(!isPublished)}
                working={t("saving")}
                className={isPublished ? "button" : "button button-ink"}
              >
                {isPublished ? t("unpublish") : t("publish")}
              </SubmitButton>
            )}
            <Link href={path} className="target px-3 text-muted">
              {t("cancel")}
            </Link>
          </div>
        </div>
      </DraftAutosave>
    </Form>
  );
}
