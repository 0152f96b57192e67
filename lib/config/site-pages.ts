/** A page of the site that exists in each language. */
type SitePage = {
  path: string;
  /** Its label in the footer: a message key of `frame`. */
  label: string;
};

/** The pages that the footer links to, and the sitemap lists in each language. */
export const sitePages = [
  { path: "/terms", label: "terms" },
  { path: "/privacy", label: "privacy" },
  { path: "/tutorial", label: "tutorial" }, // part: tutorial
  { path: "/docs", label: "guides" }, // part: guides
  { path: "/docs/api", label: "api" }, // part: api-reference
] as const satisfies readonly SitePage[];
