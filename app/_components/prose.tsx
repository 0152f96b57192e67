import type { Element, Root } from "hast";
import { type ExtraProps, toJsxRuntime } from "hast-util-to-jsx-runtime";
import { getTranslations } from "next-intl/server";
import type { ComponentProps, ReactNode } from "react";
import { Fragment, jsx, jsxs } from "react/jsx-runtime";
import { codeLanguage } from "@/lib/markdown/parse-markdown";
import { CopyButton } from "./copy-button";
import { keyboardReachable } from "./keyboard-reachable";
import { Picture } from "./picture";

/** The words of an article, from the tree that `parseMarkdown` makes. No HTML is handed over as text. */
export async function Prose({ tree }: { tree: Root }) {
  const t = await getTranslations("markdown");
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
      img: ({ src, alt }) => (typeof src === "string" ? <Picture src={src} alt={alt ?? ""} /> : null),
      input: ({ checked }) => (
        <input
          type="checkbox"
          disabled
          defaultChecked={checked}
          aria-label={checked ? t("taskDone") : t("taskOpen")}
        />
      ),
      table: ({ children }) => (
        <div className="scrolling-table" {...keyboardReachable}>
          <table>{children}</table>
        </div>
      ),
      pre: ({ children, node }) => (
        <figure className="code">
          <figcaption>
            {(node && languageOf(node)) ?? t("code")}
            <CopyButton label={t("copy")} done={t("copied")} />
          </figcaption>
          <pre {...keyboardReachable}>{children}</pre>
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

/** A heading links to itself, so that readers can point others to it, unless it has links of its own: those do not nest. */
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
