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
  /** Its location: a URL on this site, or a file of the project. */
  address: string;
  /** The whole text, in Markdown. */
  text: string;
};

/** A page as the search finds it. */
export type Entry = Searchable & { page(): DocsPage };
