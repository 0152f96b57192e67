import { getTranslations } from "next-intl/server";
import type { Heading } from "@/lib/markdown/parse-markdown";

/** The headings of a long text, in the margin. Narrow screens do not show them. */
export async function TableOfContents({ headings }: { headings: Heading[] }) {
  const t = await getTranslations("article");
  const shown = headings.filter(({ depth }) => depth <= 3);
  if (shown.length < 3) return null;
  return (
    <nav
      aria-label={t("contents")}
      className="sticky top-8 mt-8 hidden text-13 text-muted lg:block print:hidden"
    >
      <ol className="space-y-1.5">
        {shown.map(({ id, text, depth }) => (
          <li key={id} className={depth === 3 ? "pl-3" : ""}>
            <a href={`#${id}`} className="block">
              {text}
            </a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
