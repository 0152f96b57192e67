import { z } from "zod";
import type { Searchable } from "@/lib/docs/search-docs";

/** An endpoint or a section of a guide, as the MCP server returns it. */
export const docsPage = z.object({
  kind: z.enum([
    "endpoint",
    "guide",
    "tutorial", // part: tutorial
  ]),
  title: z.string(),
  /** A URL on this site, or a path in the project. */
  address: z.string(),
  /** The whole text, in Markdown. */
  text: z.string(),
});

export type DocsPage = z.output<typeof docsPage>;

/** A searchable page. */
export type Entry = Searchable & { page(): DocsPage };
