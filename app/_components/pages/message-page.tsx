import type { Route } from "next";
import { PageShell } from "../layout/page-shell";
import { Link } from "../ui/link";

/**
 * A page that only says what happened, and what to do next.
 *
 * @param note less important than the text.
 * @param links the first one is the main one.
 */
export function MessagePage({
  title,
  text,
  note,
  links,
}: {
  title: string;
  text: string;
  note?: string;
  links: { href: Route; text: string }[];
}) {
  return (
    <PageShell>
      <div className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="text-32">{title}</h1>
          <p className="mt-4 max-w-[36rem] text-17">{text}</p>
          {note && <p className="mt-4 max-w-[36rem] text-muted">{note}</p>}
          <p className="mt-8 flex flex-wrap gap-3">
            {links.map(({ href, text: label }, index) => (
              <Link key={href} href={href} className={index === 0 ? "button button-ink" : "button"}>
                {label}
              </Link>
            ))}
          </p>
        </div>
      </div>
    </PageShell>
  );
}
