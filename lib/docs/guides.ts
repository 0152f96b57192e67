import "server-only";
import type { Locale } from "@/lib/i18n/locales";
import { readDocument } from "./read-document";

/** A guide on `/docs`. */
export type Guide = {
  /** Its path below `/docs`, such as `settings` or `decisions/markdown`. */
  path: GuidePath;
  title: string;
  /** Markdown, without the title. */
  text: string;
};

export type GuidePath = (typeof guidePaths)[number];

/** Every guide, in reading order. The files are `app/docs/<language>/<path>.md`. */
export const guidePaths = [
  "tutorial",
  "client",
  "endpoints",
  "settings",
  "mail",
  "social-sign-in", // part: social-sign-in
  "signing-in",
  "second-factor",
  "passkeys",
  "pictures",
  "import-and-export", // part: import-export
  "deploying",
  "running-a-blog",
  "customising",
  "removing-parts", // part: removal
  "architecture",
  "testing",
  "security",
  "troubleshooting",
  "decisions",
  "decisions/embedded-postgresql",
  "decisions/migrations",
  "decisions/sql-beside-prisma",
  "decisions/auth-js",
  "decisions/access-tokens",
  "decisions/refresh-tokens",
  "decisions/password-hashing",
  "decisions/email-outbox",
  "decisions/no-prerendering",
  "decisions/no-loading-states",
  "decisions/links",
  "decisions/markdown",
  "decisions/pictures",
  "decisions/rate-limits",
  "decisions/dependencies",
] as const;

export async function readGuide(path: GuidePath, locale: Locale): Promise<Guide> {
  const markdown = await readDocument(fileOf(path, locale));
  const [, title = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(markdown) ?? [];
  return { path, title, text: text.trim() };
}

/** @returns the file of a guide, from the root of the project. */
export function fileOf(path: GuidePath, locale: Locale): string {
  return `app/docs/${locale}/${path === "decisions" ? "decisions/README" : path}.md`;
}

/**
 * Resolves a link in a guide. Guides link to each other's files, so that the links also work on GitHub.
 *
 * @returns the path on this site of a link to a guide; other links unchanged.
 */
export function guideAddress(href: string, from: GuidePath): string {
  if (/^([a-z]+:|\/|#)/i.test(href)) return href;
  const file = from === "decisions" ? "decisions/README" : from;
  const { pathname, hash } = new URL(href, `http://localhost/docs/${file}.md`);
  return pathname.replace(/(\/README)?\.md$/, "") + hash;
}
