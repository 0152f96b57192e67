import { getLocale, getMessages } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { Form } from "@/app/_components/forms/form";
import { uploadMessages } from "@/app/_components/forms/upload-image";
import { type Article, articleLimits } from "@/lib/articles/contract";
import { articlePath } from "@/lib/articles/paths/article-path";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { site } from "@/lib/config/site";
import { findTags } from "@/lib/tags/find-tags";
import type { FormActionFunction } from "@/lib/web/forms/form-state";
import { ArticleDetails } from "./article-details";
import { EditorProvider } from "./context/editor-provider";
import { DraftAutosave } from "./drafts/draft-autosave";
import { EditConflict } from "./edit-conflict";
import { MarkdownEditor } from "./markdown-editor";
import { PublishButtons } from "./publish-buttons";

/**
 * The editor of an article. It works without JavaScript, which adds the toolbar, the preview, uploads and drafts.
 *
 * @param user the author, or an admin.
 * @param article the article to edit; undefined for a new one.
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
  const [messages, locale, tags] = await Promise.all([
    getMessages(),
    getLocale(),
    findTags(article?.tags ?? []),
  ]);
  const { editor } = messages;
  const path = article ? articlePath(article) : "/articles";
  return (
    <Form
      action={action}
      hidden={{ id: article?.id }}
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
      <EditorProvider messages={{ ...editor, ...uploadMessages(messages, editor.uploadFailed) }}>
        {article && (
          <div className="with-margin">
            <div className="in-column min-w-0">
              <EditConflict path={path} userId={user.id} locale={locale} timeZone={site.timeZone} />
            </div>
          </div>
        )}
        <DraftAutosave subject={`${user.id}:${article?.id ?? "new"}`}>
          <div className="with-margin">
            <div className="in-column row-start-1 min-w-0">
              <Field
                name="title"
                label={editor.title}
                maxLength={articleLimits.title}
                className=""
                inputClassName="text-24 font-bold tracking-[-0.02em]"
              />
              <MarkdownEditor />
            </div>
            <ArticleDetails user={user} article={article} />
            <PublishButtons user={user} isPublished={article?.isPublished ?? false} cancelPath={path} />
          </div>
        </DraftAutosave>
      </EditorProvider>
    </Form>
  );
}
