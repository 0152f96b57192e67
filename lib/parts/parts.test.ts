import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";
import { en } from "@/lib/i18n/messages/en";
import { markedParts, withoutParts } from "./marked-lines";
import { partNames, readParts } from "./part";
import { ownFolder, planRemoval } from "./plan-removal";
import { filesAt, type ProjectTree, readProjectTree } from "./project-tree";

const root = process.cwd();
const tree = readProjectTree(root);
const parts = readParts(root);
const names = parts.map(({ name }) => name);
const manifest: { scripts: Record<string, string>; dependencies: object; devDependencies: object } =
  JSON.parse(tree.get("package.json") ?? "");

describe("the declarations", () => {
  test("have known names", () => {
    expect(names.filter((name) => !partNames.some((known) => known === name))).toEqual([]);
  });

  test("name messages that exist", () => {
    const paths = messagePaths(en);
    const declared = parts.flatMap(({ messages }) => messages);
    expect(declared.filter((path) => !paths.has(path))).toEqual([]);
  });

  test("name files, packages and scripts that exist", () => {
    const packages = { ...manifest.dependencies, ...manifest.devDependencies };
    const missing = parts.flatMap((part) => [
      ...[...part.files, ...part.shared].filter((path) => filesAt(path, tree).length === 0),
      ...part.packages.filter((name) => !Object.hasOwn(packages, name)),
      ...part.scripts.filter((name) => !Object.hasOwn(manifest.scripts, name)),
    ]);
    expect(missing).toEqual([]);
  });
});

describe("the markers in files", () => {
  const texts = [...tree].filter(([file]) => !file.startsWith(ownFolder));

  test("name parts that exist", () => {
    const unknown = texts.flatMap(([file, text]) =>
      [...markedParts(text ?? "")].filter((name) => !names.includes(name)).map((name) => `${file}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  test("close each region", () => {
    for (const [file, text] of texts) {
      expect(() => withoutParts(text ?? "", new Set()), file).not.toThrow();
    }
  });
});

const removals: [string, string[]][] = [
  ...names.map((name): [string, string[]] => [name, [name]]),
  ["everything optional", parts.filter(({ kept }) => !kept).map(({ name }) => name)],
];

describe.each(removals)("without %s", (_name, removed) => {
  const { deleted, written, packages } = planRemoval(parts, removed, tree);
  const left: ProjectTree = new Map(
    [...tree]
      .filter(([file]) => !deleted.includes(file))
      .map(([file, text]) => [file, written.get(file) ?? text]),
  );

  test("no file imports a removed module", () => {
    const gone = new Set(deleted.map(withoutExtension));
    const dangling = [...left].flatMap(([file, text]) =>
      usedImports(file, text ?? "")
        .filter((module) => gone.has(module) || packages.some((name) => isOf(name, module)))
        .map((module) => `${file}: ${module}`),
    );
    expect(dangling).toEqual([]);
  });

  test("no file mentions a removed part", () => {
    const mentions = [...left].flatMap(([file, text]) =>
      tracesOf(removed)
        .filter((trace) => mentionsTrace(file, text ?? "", trace))
        .map((trace) => `${file}: ${trace}`),
    );
    expect(mentions).toEqual([]);
  });

  test("no link between documents is broken", () => {
    const broken = [...left].flatMap(([file, text]) =>
      file.endsWith(".md")
        ? [...(text ?? "").matchAll(/\]\((?!https?:|\/|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)]
            .map(([, href = ""]) => normalize(join(dirname(file), href)))
            .filter((path) => filesAt(path, left).length === 0 && filesAt(path, tree).length > 0)
            .map((path) => `${file}: ${path}`)
        : [],
    );
    expect(broken).toEqual([]);
  });

  test("removing again changes nothing", () => {
    const again = planRemoval(
      parts.filter(({ name }) => !removed.includes(name)),
      removed,
      left,
    );
    expect(again).toEqual({ deleted: [], written: new Map(), packages: [] });
  });
});

/** @returns the paths of all messages and groups of messages. */
function messagePaths(tree: object, parents: string[] = []): Set<string> {
  const paths = Object.entries(tree).flatMap(([key, value]) => {
    const path = [...parents, key];
    return [path.join("."), ...(typeof value === "object" ? messagePaths(value, path) : [])];
  });
  return new Set(paths);
}

/** These files may mention removed parts. */
const histories = new Set(["CHANGELOG.md", "package-lock.json"]);

function mentionsTrace(file: string, text: string, trace: string): boolean {
  if (file.startsWith(ownFolder) || histories.has(file)) return false;
  const at = text.indexOf(trace);
  // `/docs/api` does not mention `/docs`.
  return at >= 0 && new RegExp(`(?<![a-z.</-])${escaped(trace)}(?![\\w/-])`).test(text);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** @returns the removed paths and the declared traces of parts. */
function tracesOf(removed: string[]): string[] {
  const going = parts.filter(({ name }) => removed.includes(name));
  const staying = parts.filter(({ name }) => !removed.includes(name));
  const needed = new Set(staying.flatMap(({ shared }) => shared));
  return going.flatMap(({ files, shared, traces }) => [
    ...files,
    ...traces,
    ...shared.filter((path) => !needed.has(path)),
  ]);
}

function withoutExtension(file: string): string {
  return file.replace(/(\/index)?\.(tsx?|mjs)$/, "");
}

function isOf(name: string, module: string): boolean {
  return module === name || module.startsWith(`${name}/`);
}

/** @returns the modules that a file imports and uses; imports of the project as paths without extension. */
function usedImports(file: string, text: string): string[] {
  if (!/\.(tsx?|mjs)$/.test(file)) return [];
  const statements = [...text.matchAll(/^(import|export)\b([^;"]*?)"([^"]+)";/gms)];
  const calls = [...text.matchAll(/\bimport\("([^"]+)"\)/g)].map(([, module = ""]) => module);
  const rest = statements.reduce((code, [statement]) => code.replace(statement, ""), text);
  // The command removes imports that are no longer used.
  const used = statements.filter(([, keyword, clause = ""]) => {
    const bound = clause
      .replace(/\bfrom\s*$/, "")
      .replace(/\w+ as /g, "")
      .match(/[\w$]+/g)
      ?.filter((word) => word !== "type");
    return keyword === "export" || !bound || bound.some((word) => new RegExp(`\\b${word}\\b`).test(rest));
  });
  return [...used.map(([, , , module = ""]) => module), ...calls].map((module) =>
    module.startsWith("@/")
      ? withoutExtension(module.slice(2))
      : module.startsWith(".")
        ? withoutExtension(normalize(join(dirname(file), module)))
        : module,
  );
}
