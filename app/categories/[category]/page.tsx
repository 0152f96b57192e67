import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { canonicalAt } from "@/app/_components/alternates";
import { decodeSegment } from "@/app/_components/decode-segment";
import type { SearchParams } from "@/app/_components/read-list-query";
import { SubjectPage } from "@/app/_components/subject-page";
import { categoryPath } from "@/lib/articles/category-path";

type Props = { params: Promise<{ category: string }>; searchParams: SearchParams };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const name = decodeSegment((await params).category);
  const t = await getTranslations("subject");
  return {
    title: name,
    description: t("categoryDescription", { name }),
    alternates: canonicalAt(categoryPath(name)),
  };
}

/** What has been published in a category. */
export default async function CategoryPage({ params, searchParams }: Props) {
  const name = decodeSegment((await params).category);
  return (
    <SubjectPage
      kind="category"
      name={name}
      path={categoryPath(name)}
      filter={[[{ field: "category", operator: "$eq", value: name }]]}
      searchParams={searchParams}
    />
  );
}
