import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, it } from "vitest";

/**
 * The folders of lib, from the base up. A folder may import only those before it, so that there are no cycles. Pages
 * and routes (`app`) may import all of them.
 */
const layers = [
  // Base: does not depend on any feature.
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
  // Features: do not depend on requests or cookies.
  "lib/cards", // part: share-cards
  "emails",
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
  // Documentation and tools, which may read everything.
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

/** As many as fit on a screen. */
const maxFiles = 15;

type Import = { file: string; names: string };

const sources = ["lib", "emails", "prisma", "app"].flatMap(listSources);
const imports = sources.flatMap((file) => importsOf(file).map((names) => ({ file, names })));

describe("the folders", () => {
  it("all have a layer", () => {
    const folders = new Set(sources.map(dirname).filter((folder) => !isOfApp(folder)));
    expect([...folders].filter((folder) => !layers.includes(folder))).toEqual([]);
  });

  it("import only lower layers", () => {
    const violations = dependencies(imports.filter(({ file }) => !isOfApp(file))).filter((dependency) => {
      const [from = "", to = ""] = dependency.split(" -> ");
      return isOfApp(to) || layers.indexOf(to) > layers.indexOf(from);
    });
    expect(violations).toEqual([]);
  });

  it("do not import each other in pairs", () => {
    const all = new Set(dependencies(imports));
    const pairs = [...all].filter((dependency) => all.has(dependency.split(" -> ").reverse().join(" -> ")));
    expect(pairs).toEqual([]);
  });

  it(`contain at most ${maxFiles} files each, without tests`, () => {
    const folders = [...new Set(sources.map(dirname))];
    const sizeOf = (folder: string) => sources.filter((file) => dirname(file) === folder).length;
    expect(folders.filter((folder) => sizeOf(folder) > maxFiles)).toEqual([]);
  });
});

describe("base and features", () => {
  it("use neither cookies nor redirects of Next.js", () => {
    const violations = imports.filter(
      ({ file, names }) =>
        layers.indexOf(dirname(file)) < firstEntryPoint &&
        !isOfApp(file) &&
        /^next\/(headers|navigation)$/.test(names),
    );
    expect(violations).toEqual([]);
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
function dependencies(found: Import[]): string[] {
  const pairs = found.flatMap(({ file, names }) => {
    const target = folderOf(file, names);
    return target === null || target === dirname(file) ? [] : [`${dirname(file)} -> ${target}`];
  });
  return [...new Set(pairs)];
}

/** @returns the folder of a project module; null for packages and generated code. */
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
