import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { listPageMetadata } from "@/app/_components/layout/alternates";
import { TopicPage } from "@/app/_components/pages/topic-page";
import { findPublicTags } from "@/lib/articles/reading/find-public-tags";
import { filterBy } from "@/lib/lists/filters";
import { tagPath } from "@/lib/tags/tag-path";
import { decodeSegment } from "@/lib/web/paths/decode-segment";
import { readListQuery } from "@/lib/web/read-list-query";

type Props = PageProps<"/tags/[slug]">;

const loadTags = cache(async (segment: string) => {
  const tags = await findPublicTags(decodeSegment(segment));
  const [first] = tags;
  return first ? { first, ids: tags.map(({ id }) => id) } : notFound();
});

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const [{ first }, { page }, t] = await Promise.all([
    loadTags((await params).slug),
    readListQuery(searchParams),
    getTranslations("subject"),
  ]);
  return {
    ...(await listPageMetadata(tagPath(first), page, first.name)),
    description: t("tagDescription", { name: first.name }),
  };
}

/** The published articles with a tag, from all users who have a tag of that name. */
export default async function TagPage({ params, searchParams }: Props) {
  const { first, ids } = await loadTags((await params).slug);
  return (
    <TopicPage
      kind="tag"
      name={first.name}
      path={tagPath(first)}
      filter={filterBy({ tags: { $in: ids } })}
      searchParams={searchParams}
    />
  );
}
