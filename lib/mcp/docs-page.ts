import type { Searchable } from "@/lib/docs/search-docs";

export const pageKinds = [
  "endpoint",
  "guide",
  "tutorial", // part: tutorial
] as const;

/** An endpoint or a section of a guide, as the MCP server returns it. */
export type DocsPage = {
  kind: (typeof pageKinds)[number];
  title: string;
  /** A URL on this site, or a path in the project. */
  address: string;
  /** The whole text, in Markdown. */
  text: string;
};

/** A searchable page. */
export type Entry = Searchable & { page(): DocsPage };
