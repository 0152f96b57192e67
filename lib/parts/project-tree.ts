import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files of the project by path: the text of each, or null for one that is not text. */
export type ProjectTree = ReadonlyMap<string, string | null>;

/** Generated, or not part of the project. */
const skipped = new Set([
  "node_modules",
  ".git",
  ".next",
  ".data",
  "generated",
  "test-results",
  "playwright-report",
  "coverage",
]);

const textFile =
  /\.(tsx?|mjs|json|md|ya?ml|css|example|sql|prisma|toml)$|(^|\/)(Dockerfile|\.dockerignore|\.gitignore|\.npmrc)$/;

/**
 * @param root the folder of the project.
 * @returns every file of the project, without local settings and generated files.
 */
export function readProjectTree(root: string): ProjectTree {
  const tree = new Map<string, string | null>();
  const read = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (skipped.has(entry.name) || isPrivate(entry.name)) continue;
      if (entry.isDirectory()) read(path);
      else if (entry.isFile())
        tree.set(path, textFile.test(path) ? readFileSync(join(root, path), "utf8") : null);
    }
  };
  read("");
  return tree;
}

function isPrivate(name: string): boolean {
  return (
    (name.startsWith(".env") && name !== ".env.example") || /\.tsbuildinfo$|^next-env\.d\.ts$/.test(name)
  );
}

/** @returns the file at a path, or all files in the folder there. */
export function filesAt(path: string, tree: ProjectTree): string[] {
  return [...tree.keys()].filter((file) => file === path || file.startsWith(`${path}/`));
}
