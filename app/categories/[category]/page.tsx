import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { canonicalAt } from "@/app/_components/layout/alternates";
import { TopicPage } from "@/app/_components/pages/topic-page";
import { categoryPath } from "@/lib/articles/paths/category-path";
import { filterBy } from "@/lib/lists/filters";
import { decodeSegment } from "@/lib/web/paths/decode-segment";

type Props = PageProps<"/categories/[category]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = decodeSegment((await params).category);
  const t = await getTranslations("subject");
  return {
    title: name,
    description: t("categoryDescription", { name }),
    alternates: canonicalAt(categoryPath(name)),
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
