import { expect, test } from "vitest";
import { readSections, sectionsOf } from "./sections";

test("splits a document at its headings and keeps code blocks whole", () => {
  const markdown =
    "# Blog\n\nHello.\n\n## Start\n\n```bash\n# a comment\n## another\nrun\n```\n\n### Again\n\nMore.\n\n## Empty\n";
  expect(sectionsOf(markdown, "README.md", "en")).toEqual([
    { file: "README.md", language: "en", title: "Blog", address: "README.md#blog", text: "Hello." },
    {
      file: "README.md",
      language: "en",
      title: "Blog › Start",
      address: "README.md#start",
      text: "```bash\n# a comment\n## another\nrun\n```",
    },
    {
      file: "README.md",
      language: "en",
      title: "Blog › Start › Again",
      address: "README.md#again",
      text: "More.",
    },
  ]);
});

test("gives each section a unique address", async () => {
  const sections = await readSections();
  expect(new Set(sections.map(({ address }) => address)).size).toBe(sections.length);
});

test("omits the markers of removable parts", async () => {
  const texts = (await readSections()).map(({ text }) => text);
  expect(texts.filter((text) => text.includes("<!--"))).toEqual([]);
});
