import { documentRoute } from "@/lib/api/document-route";
import { AppError } from "@/lib/core/errors";
import { listArticlePages, listSubjectPages } from "@/lib/sitemap/published-pages";
import { writeArticlesSitemap, writePagesSitemap } from "@/lib/sitemap/write-sitemap";

export const GET = documentRoute<{ part: string }>(async ({ params }) => ({
  body: await writePart(params.part),
  contentType: "application/xml; charset=utf-8",
}));

async function writePart(name: string): Promise<string> {
  if (name === "pages.xml") return writePagesSitemap(await listSubjectPages());
  const number = /^articles-([1-9][0-9]{0,3})\.xml$/.exec(name)?.[1];
  const articles = number ? await listArticlePages(Number(number)) : [];
  if (articles.length === 0) throw new AppError("common/not-found");
  return writeArticlesSitemap(articles);
}
