import { expect, test } from "vitest";
import { readGuides, sectionsOf } from "./guides";

test("a guide is cut at its headings, and code is left alone", () => {
  const markdown =
    "# Blog\n\nHello.\n\n## Start\n\n```bash\n# a comment\n## another\nrun\n```\n\n### Again\n\nMore.\n\n## Empty\n";
  expect(sectionsOf(markdown, "README.md", "en")).toEqual([
    { file: "README.md", language: "en", title: "Blog", address: "README.md#blog", text: "Hello." },
    {
      file: "README.md",
      language: "en",
      title: "Start",
      address: "README.md#start",
      text: "```bash\n# a comment\n## another\nrun\n```",
    },
    { file: "README.md", language: "en", title: "Start › Again", address: "README.md#again", text: "More." },
  ]);
});

test("the project's guides are there in both languages, each section at an address of its own", async () => {
  const sections = await readGuides();
  for (const file of ["README.md", "README.ko.md", "AGENTS.md"]) {
    expect(sections.filter((section) => section.file === file).length, file).toBeGreaterThan(3);
  }
  expect(new Set(sections.map(({ address }) => address)).size).toBe(sections.length);
});
