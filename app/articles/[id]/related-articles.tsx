import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import type { Article } from "@/lib/articles/contract";
import { articlePath } from "@/lib/articles/paths/article-path";
import { findRelatedArticles } from "@/lib/articles/reading/find-related-articles";
import { languageOf } from "@/lib/i18n/language-of";

/** Links to articles on the same subject. */
export async function RelatedArticles({ article }: { article: Article }) {
  const [t, related] = await Promise.all([getTranslations("article"), findRelatedArticles(article)]);
  if (related.length === 0) return null;
  return (
    <section aria-labelledby="related" className="with-margin mt-16 print:hidden">
      <div className="in-column min-w-0 border-t border-rule pt-6">
        <h2 id="related" className="text-13 font-normal tracking-normal text-muted">
          {t("related")}
        </h2>
        <ul className="mt-1">
          {related.map((other) => (
            <li key={other.id}>
              <Link
                href={articlePath(other)}
                lang={languageOf(other.title)}
                className="block py-2.5 text-17 leading-[1.5] font-semibold wrap-anywhere"
              >
                {other.title}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
