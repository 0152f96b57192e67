import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { PageShell } from "@/app/_components/layout/page-shell";
import { ArticleView } from "@/app/articles/article-view";
import { findPreviewedArticle } from "@/lib/articles/reading/preview-links";
import { decodeSegment } from "@/lib/web/paths/decode-segment";

type Props = PageProps<"/preview/[token]">;

const loadPreviewedArticle = cache(async (segment: string) => {
  return (await findPreviewedArticle(decodeSegment(segment))) ?? notFound();
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { title } = await loadPreviewedArticle((await params).token);
  return { title, robots: { index: false, follow: false }, referrer: "no-referrer", openGraph: null };
}

/** The current version of an article, public or not, for anyone with its preview link. */
export default async function PreviewPage({ params }: Props) {
  const [article, t] = await Promise.all([
    loadPreviewedArticle((await params).token),
    getTranslations("article"),
  ]);
  return (
    <PageShell>
      <ArticleView article={article} notice={t("previewNotice")} />
    </PageShell>
  );
}
