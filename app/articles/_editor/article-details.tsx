import { getTranslations } from "next-intl/server";
import { Field } from "@/app/_components/forms/field";
import { type Article, articleLimits } from "@/lib/articles/contract";
import type { CurrentUser } from "@/lib/auth/sessions/current-user";
import { site } from "@/lib/config/site";
import { listOwnTagNames } from "@/lib/tags/list-own-tag-names";
import { ExcerptField } from "./excerpt-field";
import { CoverField } from "./images/cover-field";
import { PublishAtField } from "./publish-at-field";
import { TagsField } from "./tags-field";

/** The optional fields of an article, in the margin as on the article's page. */
export async function ArticleDetails({ user, article }: { user: CurrentUser; article: Article | undefined }) {
  const [t, tagNames] = await Promise.all([getTranslations("editor"), listOwnTagNames(user)]);
  return (
    <div className="mt-5 lg:col-start-1 lg:row-start-1 lg:mt-0">
      <Field
        name="category"
        label={t("category")}
        help={t("categoryHelp")}
        optional
        maxLength={articleLimits.category}
        className=""
      />
      <TagsField choices={tagNames} />
      <CoverField />
      <Field
        name="coverAlt"
        label={t("coverAlt")}
        help={t("coverAltHelp")}
        optional
        maxLength={articleLimits.coverAlt}
      />
      <ExcerptField limit={articleLimits.excerpt} />
      <PublishAtField publishedAt={article?.publishedAt?.toISOString()} timeZone={site.timeZone} />
    </div>
  );
}
