import type { Element, Root } from "hast";
import { type ExtraProps, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { getTranslations } from "next-intl/server";
import type { ComponentProps, ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { CONTINUE, EXIT, visit } from "unist-util-visit";
import { focusableRegion } from "@/app/_components/ui/focusable-region";
import { Picture } from "@/app/_components/ui/picture";
import type { PictureSizes } from "@/lib/files/picture-sizes";
import { codeLanguage } from "@/lib/markdown/parse-markdown";
import { CopyButton } from "./copy-button";

/** The maximum width of an image in a text. */
const textWidth = "42rem, 100vw";

/**
 * Renders the text of an article from the tree that `parseMarkdown` returns, never from a string of HTML.
 *
 * @param pictures the dimensions of the images in our storage that the text shows.
 * @param hasFirst whether the first image of the page is in this text.
 */
export async function Prose({
  tree,
  pictures = new Map(),
  hasFirst = false,
}: {
  tree: Root;
  pictures?: PictureSizes;
  hasFirst?: boolean;
}) {
  const t = await getTranslations("markdown");
  const first = hasFirst ? firstPictureIn(tree, pictures) : undefined;
  const content = toJsxRuntime(tree, {
    Fragment,
    jsx,
    jsxs,
    tableCellAlignToStyle: false,
    passNode: true,
    components: {
      h2: (props: ComponentProps<"h2"> & ExtraProps) => <h2 id={props.id}>{anchor(props)}</h2>,
      h3: (props: ComponentProps<"h3"> & ExtraProps) => <h3 id={props.id}>{anchor(props)}</h3>,
      h4: (props: ComponentProps<"h4"> & ExtraProps) => <h4 id={props.id}>{anchor(props)}</h4>,
      img: ({ src, alt, node }) => {
        if (typeof src !== "string") return null;
        const size = pictures.get(src);
        return (
          <Picture
            src={src}
            alt={alt ?? ""}
            size={size}
            sizes={size && `min(${size.width}px, ${textWidth})`}
            isFirst={node !== undefined && node === first}
          />
        );
      },
      input: ({ checked }) => (
        <input
          type="checkbox"
          disabled
          defaultChecked={checked}
          aria-label={checked ? t("taskDone") : t("taskOpen")}
        />
      ),
      table: ({ children }) => (
        <div className="scrolling-table" {...focusableRegion}>
          <table>{children}</table>
        </div>
      ),
      pre: ({ children, node }) => (
        <figure className="code">
          <figcaption>
            {(node && languageOf(node)) ?? t("code")}
            <CopyButton label={t("copy")} done={t("copied")} />
          </figcaption>
          <pre {...focusableRegion}>{children}</pre>
        </figure>
      ),
      section: ({ children }) => (
        <section className="footnotes" aria-label={t("footnotes")}>
          {children}
        </section>
      ),
      a: ({ node: _node, href, ...props }) => (
        <a
          href={href}
          {...props}
          aria-label={props.className === "footnote-backref" ? t("backToText") : undefined}
        />
      ),
    },
  });
  return <div className="prose">{content}</div>;
}

function firstPictureIn(tree: Root, pictures: PictureSizes): Element | undefined {
  if (pictures.size === 0) return undefined;
  let first: Element | undefined;
  visit(tree, "element", (node) => {
    const { src } = node.properties;
    if (node.tagName !== "img" || typeof src !== "string" || !pictures.has(src)) return CONTINUE;
    first = node;
    return EXIT;
  });
  return first;
}

/** A heading links to itself, so that readers can share it, unless it contains a link: links do not nest. */
function anchor({ id, children, node }: { id?: string | undefined; children?: ReactNode } & ExtraProps) {
  return id && !(node && hasLink(node)) ? (
    <a href={`#${id}`} className="anchor">
      {children}
    </a>
  ) : (
    children
  );
}

function hasLink({ children }: Element): boolean {
  return children.some((child) => child.type === "element" && (child.tagName === "a" || hasLink(child)));
}

function languageOf(pre: Element): string | undefined {
  const [code] = pre.children;
  const name = code?.type === "element" ? codeLanguage(code) : undefined;
  return name && (languageNames[name] ?? name);
}

const languageNames: Record<string, string> = {
  bash: "Shell",
  c: "C",
  cpp: "C++",
  cs: "C#",
  css: "CSS",
  diff: "Diff",
  go: "Go",
  html: "HTML",
  http: "HTTP",
  java: "Java",
  javascript: "JavaScript",
  js: "JavaScript",
  json: "JSON",
  jsx: "JSX",
  kotlin: "Kotlin",
  markdown: "Markdown",
  md: "Markdown",
  php: "PHP",
  py: "Python",
  python: "Python",
  rb: "Ruby",
  rust: "Rust",
  sh: "Shell",
  sql: "SQL",
  swift: "Swift",
  ts: "TypeScript",
  tsx: "TSX",
  typescript: "TypeScript",
  yaml: "YAML",
  yml: "YAML",
};
