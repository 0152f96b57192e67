import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The folders from the base up. A folder may import only those that precede it here, so no two of them import
 * each other. Pages and routes (`app`) may import all of it.
 */
const layers = [
  // Base: depends on no feature.
  "lib/runtime",
  "lib/social-providers", // part: social-sign-in
  "lib/config",
  "lib/client",
  "lib/database",
  "lib/database/commands",
  "lib/i18n/messages",
  "lib/i18n",
  "lib/crypto",
  "lib/core",
  "lib/lists",
  "lib/access",
  "lib/audit",
  "lib/images/formats",
  "lib/images",
  "lib/storage",
  "lib/markdown",
  // Features: depend on neither requests nor cookies.
  "lib/cards", // part: share-cards
  "emails",
  "emails/notices",
  "lib/email",
  "lib/auth/accounts",
  "lib/auth/sessions",
  "lib/files/uploads",
  "lib/files",
  "lib/tags",
  "lib/users/avatars",
  "lib/articles/paths",
  "lib/articles",
  "lib/articles/reading",
  "lib/users/removal",
  "lib/auth/factors",
  "lib/auth/email",
  "lib/auth/invitations",
  "lib/auth/passwords",
  "lib/auth/methods",
  "lib/auth/social", // part: social-sign-in
  "lib/auth/passkeys",
  "lib/auth",
  "lib/users",
  "lib/admin",
  "lib/bookmarks", // part: bookmarks
  "lib/sitemap",
  "lib/feeds", // part: feeds
  "lib/transfer/reading", // part: import-export
  "lib/transfer", // part: import-export
  "lib/transfer/commands", // part: import-export
  "prisma",
  // Entry points: the browser and HTTP.
  "lib/web",
  "lib/web/paths",
  "lib/web/guest-pages",
  "lib/web/session",
  "lib/web/social", // part: social-sign-in
  "lib/web/forms",
  "lib/api",
  "lib/api/social", // part: social-sign-in
  // Readers of the whole.
  "lib/docs", // part: api-reference, guides, mcp, tutorial
  "lib/mcp", // part: mcp
  "lib/server",
  "lib/doctor",
  "lib/parts", // part: removal
  "lib/parts/commands", // part: removal
  "lib/testing/servers",
  "lib/testing/database",
  "lib/testing/app",
  "lib/testing",
  "lib/testing/factors",
];

const firstEntryPoint = layers.indexOf("lib/web");

/** One screen of names. */
const maxFiles = 15;

type Import = { file: string; names: string };

const sources = ["lib", "emails", "prisma", "app"].flatMap(listSources);
const imports = sources.flatMap((file) => importsOf(file).map((names) => ({ file, names })));

describe("the folders", () => {
  it("each have a layer", () => {
    const folders = new Set(sources.map(dirname).filter((folder) => !isOfApp(folder)));
    expect([...folders].filter((folder) => !layers.includes(folder))).toEqual([]);
  });

  it("import only what is below them", () => {
    const upward = arrows(imports.filter(({ file }) => !isOfApp(file))).filter((arrow) => {
      const [from = "", to = ""] = arrow.split(" -> ");
      return isOfApp(to) || layers.indexOf(to) > layers.indexOf(from);
    });
    expect(upward).toEqual([]);
  });

  it("do not import each other in pairs", () => {
    const all = new Set(arrows(imports));
    const pairs = [...all].filter((arrow) => all.has(arrow.split(" -> ").reverse().join(" -> ")));
    expect(pairs).toEqual([]);
  });

  it(`hold at most ${maxFiles} files each, tests aside`, () => {
    const folders = [...new Set(sources.map(dirname))];
    const sizeOf = (folder: string) => sources.filter((file) => dirname(file) === folder).length;
    expect(folders.filter((folder) => sizeOf(folder) > maxFiles)).toEqual([]);
  });
});

describe("base and features", () => {
  it("know neither cookies nor redirects of Next.js", () => {
    const knowing = imports.filter(
      ({ file, names }) =>
        layers.indexOf(dirname(file)) < firstEntryPoint &&
        !isOfApp(file) &&
        /^next\/(headers|navigation)$/.test(names),
    );
    expect(knowing).toEqual([]);
  });
});

describe("app", () => {
  it("does not import Prisma", () => {
    const importing = imports.filter(
      ({ file, names }) => isOfApp(file) && /generated\/prisma\/client$/.test(names),
    );
    expect(importing).toEqual([]);
  });
});

function isOfApp(path: string): boolean {
  return path === "app" || path.startsWith("app/");
}

/** @returns `from -> to` for each pair of folders of which one imports the other. */
function arrows(found: Import[]): string[] {
  const pairs = found.flatMap(({ file, names }) => {
    const target = folderOf(file, names);
    return target === null || target === dirname(file) ? [] : [`${dirname(file)} -> ${target}`];
  });
  return [...new Set(pairs)];
}

/** @returns the folder that a module of ours is in; null for packages and generated code. */
function folderOf(file: string, module: string): string | null {
  const path = module.startsWith("@/")
    ? module.slice(2)
    : module.startsWith(".")
      ? normalize(join(dirname(file), module))
      : null;
  return path === null || path.startsWith("lib/generated") ? null : dirname(path);
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/^(?:import|export)\b[^;"]*?"([^"]+)";$|\bimport\("([^"]+)"\)/gms);
  return [...found].map(([, statement, call]) => statement ?? call ?? "");
}

function listSources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return path === "lib/generated" ? [] : listSources(path);
    return /\.tsx?$/.test(entry.name) && !/\.(test\.tsx?|d\.ts)$/.test(entry.name) ? [path] : [];
  });
}
