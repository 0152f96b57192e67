import "server-only";
import GithubSlugger from "github-slugger";
import type { Locale } from "@/lib/i18n/locales";
import { locales } from "@/lib/i18n/locales";
import { fileOf, guidePaths } from "./guides";
import { readDocument } from "./read-document";

/** A section of a project document. */
export type GuideSection = {
  /** The file that contains it. */
  file: string;
  language: Locale;
  /** Includes the headings above it: `Deploying › Vercel`. */
  title: string;
  /** The file and the anchor of the heading, as on GitHub. */
  address: string;
  /** Markdown, without the heading. */
  text: string;
};

/** @returns the sections of the README, the guides and AGENTS.md, in both languages. */
export async function readSections(): Promise<GuideSection[]> {
  const files: [string, Locale][] = [
    ["README.md", "en"],
    ["README.ko.md", "ko"], // part: korean
    ["AGENTS.md", "en"],
    // part: guides
    ...guidePaths.flatMap((path) =>
      locales.map((locale): [string, Locale] => [fileOf(path, locale), locale]),
    ),
    // end of part: guides
  ];
  const sections = await Promise.all(
    files.map(async ([file, locale]) => sectionsOf(await readDocument(file), file, locale)),
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
