import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { listPageMetadata } from "@/app/_components/layout/alternates";
import { TopicPage } from "@/app/_components/pages/topic-page";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { filterBy } from "@/lib/lists/filters";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { readListQuery } from "@/lib/web/read-list-query";

type Props = PageProps<"/categories/[category]">;

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const name = decodeSegment((await params).category);
  const [{ page }, t] = await Promise.all([readListQuery(searchParams), getTranslations("subject")]);
  return {
    ...(await listPageMetadata(categoryPath(name), page, name)),
    description: t("categoryDescription", { name }),
  };
}

/** The published articles of a category. */
export default async function CategoryPage({ params, searchParams }: Props) {
  const name = decodeSegment((await params).category);
  return (
    <TopicPage
      kind="category"
      name={name}
      path={categoryPath(name)}
      filter={filterBy({ category: name })}
      searchParams={searchParams}
    />
  );
}
