import { parseMarkdown } from "@/lib/markdown/parse-markdown";
import { Frame } from "./frame";
import { Prose } from "./prose";

/** A page of plain text, such as the terms. */
export function SmallPrint({ title, markdown }: { title: string; markdown: string }) {
  return (
    <Frame>
      <article className="with-margin pt-12 lg:pt-16">
        <div className="in-column">
          <h1 className="mb-8 text-32 lg:text-44">{title}</h1>
          <Prose tree={parseMarkdown(markdown).tree} />
        </div>
      </article>
    </Frame>
  );
}
