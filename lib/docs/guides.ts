import "server-only";
import { readFile } from "node:fs/promises";
import GithubSlugger from "github-slugger";
import type { Locale } from "@/lib/i18n/locales";
import { once } from "@/lib/once";

/** A section of a guide. */
export type GuideSection = {
  /** The file that it stands in. */
  file: string;
  language: Locale;
  /** With the headings above it: `Deploying › Vercel`. */
  title: string;
  /** The file and the heading's anchor, as GitHub makes it. */
  address: string;
  /** In Markdown, without its heading. */
  text: string;
};

// The names stand here in full, so that a build for Vercel or a container finds the files to take along.
const guides = [
  { language: "en", read: () => readFile("README.md", "utf8"), file: "README.md" },
  { language: "ko", read: () => readFile("README.ko.md", "utf8"), file: "README.ko.md" },
  { language: "en", read: () => readFile("AGENTS.md", "utf8"), file: "AGENTS.md" },
] as const;

/** @returns the sections of this project's guides, in both languages. They change with the code alone. */
export const readGuides = once(async (): Promise<GuideSection[]> => {
  const sections = guides.map(async ({ file, language, read }) => sectionsOf(await read(), file, language));
  return (await Promise.all(sections)).flat();
});

/** Cuts Markdown at its headings of the second and third level. What is code is left alone. */
export function sectionsOf(markdown: string, file: string, language: Locale): GuideSection[] {
  const slugger = new GithubSlugger();
  const sections: GuideSection[] = [];
  let chapter = "";
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
    if (marks.length < 3) chapter = words;
    sections.push({
      file,
      language,
      title: marks.length < 3 ? words : `${chapter} › ${words}`,
      address: `${file}#${slugger.slug(words)}`,
      text: "",
    });
  }
  return sections
    .map((section) => ({ ...section, text: section.text.trim() }))
    .filter(({ text }) => text !== "");
}
