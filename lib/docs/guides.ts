import "server-only";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import GithubSlugger from "github-slugger";
import type { Locale } from "@/lib/i18n/locales";
import { locales } from "@/lib/i18n/locales";

/** A guide, as `/docs` shows it. */
export type Guide = {
  /** Its address below `/docs`, such as `settings` or `decisions/markdown`. */
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
  "social-sign-in",
  "signing-in",
  "second-factor",
  "passkeys",
  "pictures",
  "import-and-export",
  "deploying",
  "running-a-blog",
  "customising",
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
  "decisions/markdown",
  "decisions/pictures",
  "decisions/rate-limits",
  "decisions/dependencies",
] as const;

/** @returns the guide in that language. */
export async function readGuide(path: GuidePath, locale: Locale): Promise<Guide> {
  const markdown = await readFile(join(process.cwd(), fileOf(path, locale)), "utf8");
  const [, title = "", text = ""] = /^# (.+)\n([\s\S]*)$/.exec(markdown) ?? [];
  return { path, title, text: text.trim() };
}

/** @returns the file of a guide, from the root of the project. */
export function fileOf(path: GuidePath, locale: Locale): string {
  return `app/docs/${locale}/${path === "decisions" ? "decisions/README" : path}.md`;
}

/**
 * Guides link to each other as files, so that they also work where the code is hosted.
 *
 * @returns the address on this site of a link found in a guide; other links unchanged.
 */
export function guideAddress(href: string, from: GuidePath): string {
  if (/^([a-z]+:|\/|#)/i.test(href)) return href;
  const file = from === "decisions" ? "decisions/README" : from;
  const { pathname, hash } = new URL(href, `http://localhost/docs/${file}.md`);
  return pathname.replace(/(\/README)?\.md$/, "") + hash;
}

/** A section of a guide. */
export type GuideSection = {
  /** The file that contains it. */
  file: string;
  language: Locale;
  /** With the headings above it: `Deploying › Vercel`. */
  title: string;
  /** The file and the anchor of the heading, as GitHub makes it. */
  address: string;
  /** Markdown, without the heading. */
  text: string;
};

/** @returns the sections of the README, the guides and AGENTS.md, in both languages. */
export async function readSections(): Promise<GuideSection[]> {
  const files: [string, Locale][] = [
    ["README.md", "en"],
    ["README.ko.md", "ko"],
    ["AGENTS.md", "en"],
    ...guidePaths.flatMap((path) =>
      locales.map((locale): [string, Locale] => [fileOf(path, locale), locale]),
    ),
  ];
  const sections = await Promise.all(
    files.map(async ([file, locale]) =>
      sectionsOf(await readFile(join(process.cwd(), file), "utf8"), file, locale),
    ),
  );
  return sections.flat();
}

/** Splits Markdown at its headings of the first three levels. Code blocks stay whole. */
export function sectionsOf(markdown: string, file: string, language: Locale): GuideSection[] {
  const slugger = new GithubSlugger();
  const sections: GuideSection[] = [];
  const parents: string[] = [];
  let isCode = false;
  for (const line of markdown.split("\n")) {
    if (line.startsWith("```")) isCode = !isCode;
    const heading = isCode ? null : /^(#{1,3}) (.+)$/.exec(line);
    if (!heading) {
      const section = sections.at(-1);
      if (section) section.text += `${line}\n`;
      continue;
    }
    const [, marks = "", words = ""] = heading;
    parents.splice(marks.length - 1, parents.length, words);
    sections.push({
      file,
      language,
      title: parents.filter(Boolean).join(" › "),
      address: `${file}#${slugger.slug(words)}`,
      text: "",
    });
  }
  return sections
    .map((section) => ({ ...section, text: section.text.trim() }))
    .filter(({ text }) => text !== "");
}
