import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import type { Article } from "@/lib/articles/contract";
import { articlePath } from "@/lib/articles/paths/article-path";
import { findNeighbours, type Neighbour } from "@/lib/articles/reading/find-neighbours";
import { languageOf } from "@/lib/i18n/language-of";

/** Links to the previous and the next public article. */
export async function Neighbours({ article }: { article: Article }) {
  const [t, { older, newer }] = await Promise.all([getTranslations("article"), findNeighbours(article)]);
  if (!older && !newer) return null;
  return (
    <div className="with-margin mt-16 print:hidden">
      <nav
        aria-label={t("neighbours")}
        className="in-column grid gap-x-8 gap-y-6 border-t border-rule pt-6 sm:grid-cols-2"
      >
        {older && <NeighbourLink article={older} label={t("older")} rel="prev" />}
        {newer && (
          <NeighbourLink
            article={newer}
            label={t("newer")}
            rel="next"
            className="sm:col-start-2 sm:text-right"
          />
        )}
      </nav>
    </div>
  );
}

function NeighbourLink({
  article,
  label,
  rel,
  className = "",
}: {
  article: Neighbour;
  label: string;
  rel: "prev" | "next";
  className?: string;
}) {
  return (
    <Link href={articlePath(article)} rel={rel} className={`block min-h-11 ${className}`}>
      <span className="block text-13 text-muted">{label}</span>
      <span lang={languageOf(article.title)} className="mt-0.5 block text-17 leading-[1.5] font-semibold">
        {article.title}
      </span>
    </Link>
  );
}
