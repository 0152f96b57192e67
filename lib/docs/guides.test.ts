import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { locales } from "@/lib/i18n/locales";
import { fileOf, guideAddress, guidePaths, readGuide } from "./guides";

const allGuides = guidePaths.flatMap((path) => locales.map((locale) => ({ path, locale })));

test.each(locales)("lists every guide written in %s", async (locale) => {
  const files = await readdir(`app/docs/${locale}`, { recursive: true });
  const written = files.filter((file) => file.endsWith(".md")).map((file) => `app/docs/${locale}/${file}`);
  expect(written.sort()).toEqual(guidePaths.map((path) => fileOf(path, locale)).sort());
});

test.each(allGuides)(
  "$path in $locale has a title, and its links and files exist",
  async ({ path, locale }) => {
    const { title, text } = await readGuide(path, locale);
    expect(title).not.toBe("");
    const links = [...text.matchAll(/\]\(([^)]+\.md)(?:#[^)]*)?\)/g)].map(([, href = ""]) => href);
    const addresses = links.map((href) => guideAddress(href, path).replace("/docs/", ""));
    expect(addresses.filter((address) => !guidePaths.some((known) => known === address))).toEqual([]);
    // Code blocks contain output and examples. Paths in backticks in prose are files or folders of the project.
    const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, "");
    const named = [...prose.matchAll(/`((?:app|lib|prisma|emails|e2e|public|\.github)\/[^`*…\s]+)`/g)];
    expect(named.map(([, file = ""]) => file).filter((file) => !existsSync(file))).toEqual([]);
  },
);

test.each(allGuides)("$path in $locale shows no image of another site", async ({ path, locale }) => {
  expect((await readGuide(path, locale)).text).not.toMatch(/!\[[^\]]*\]\(https?:/);
});

test.each(locales)("the guide on settings in %s names every setting", async (locale) => {
  const { text } = await readGuide("settings", locale);
  const example = await readFile(".env.example", "utf8");
  const settings = [...example.matchAll(/^#? ?([A-Z][A-Z0-9_]+)=/gm)].map(([, name = ""]) => name);
  expect(settings.length).toBeGreaterThan(30);
  expect(settings.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});

test.each([
  "README.md",
  "README.ko.md", // part: korean
])("%s is one page", async (file) => {
  expect((await readFile(file, "utf8")).split("\n").length).toBeLessThanOrEqual(150);
});

test.each([
  ["settings.md", "deploying", "/docs/settings"],
  ["endpoints.md#errors", "tutorial", "/docs/endpoints#errors"],
  ["decisions/README.md", "architecture", "/docs/decisions"],
  ["markdown.md", "decisions", "/docs/decisions/markdown"],
  ["../security.md", "decisions/markdown", "/docs/security"],
  ["#limits", "settings", "#limits"],
  ["https://resend.com", "mail", "https://resend.com"],
] as const)("the link %s in %s leads to %s", (href, from, address) => {
  expect(guideAddress(href, from)).toBe(address);
});
