import type { Route } from "next";
import { getTranslations } from "next-intl/server";
import { Link } from "@/app/_components/ui/link";
import type { Pagination } from "@/lib/lists/pagination";
import { listPagePath } from "@/lib/web/paths/list-page";

/**
 * Links to the newer and the older page of a list.
 *
 * @param query the other parameters of the URL, such as a search; the page is added to them.
 */
export async function PaginationLinks<Path extends string>({
  path,
  query = {},
  pagination: { page, totalPages, hasPrev, hasNext },
}: {
  path: Route<Path>;
  query?: Record<string, string>;
  pagination: Pagination;
}) {
  const t = await getTranslations("list");
  if (totalPages <= 1) return null;

  const pathOf = (target: number) => listPagePath(path, target, query);
  return (
    <div className="with-margin">
      <nav
        aria-label={t("pages")}
        className="in-column grid grid-cols-3 items-center border-t border-rule pt-3 text-13 text-muted print:hidden"
      >
        {hasPrev && (
          <Link href={pathOf(page - 1)} rel="prev" className="target justify-self-start text-15 text-ink">
            {t("newer")}
          </Link>
        )}
        <span className="col-start-2 text-center tabular-nums">{t("page", { page, totalPages })}</span>
        {hasNext && (
          <Link
            href={pathOf(page + 1)}
            rel="next"
            className="target justify-end justify-self-end text-15 text-ink"
          >
            {t("older")}
          </Link>
        )}
      </nav>
    </div>
  );
}
