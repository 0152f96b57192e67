import { Prose } from "@/app/_components/articles/prose";
import { PageShell } from "@/app/_components/layout/page-shell";
import { parseMarkdown } from "@/lib/markdown/parse-markdown";

/** A page of plain text, such as the terms. */
export async function LegalPage({ title, markdown }: { title: string; markdown: string }) {
  const { tree } = await parseMarkdown(markdown);
  return (
    <PageShell>
      <article className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="mb-8 text-32 lg:text-44">{title}</h1>
          <Prose tree={tree} />
        </div>
      </article>
    </PageShell>
  );
}
