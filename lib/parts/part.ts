import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

/** The folder of the declarations: `<name>.json` for each part that is still in the project. */
export const declarationFolder = "lib/parts/declarations";

/** What a part owns. Its lines in other files carry a marker: see `marked-lines.ts`. */
const declaration = z.strictObject({
  title: z.string(),
  /** Files and folders that are removed with the part. */
  files: z.array(z.string()).default([]),
  /** Files and folders that other parts declare too. They are removed with the last of these parts. */
  shared: z.array(z.string()).default([]),
  /** Messages and groups of messages, such as `layout.tutorial`. */
  messages: z.array(z.string()).default([]),
  /** Dependencies in `package.json`, which are removed with the last part that declares them. */
  packages: z.array(z.string()).default([]),
  /** Scripts in `package.json`. */
  scripts: z.array(z.string()).default([]),
  /** Strings that no other file may contain, besides the paths of the files: URLs, names of settings. */
  traces: z.array(z.string()).default([]),
  /** Whether `--all-optional` keeps the part; it can still be removed by name. */
  kept: z.boolean().default(false),
});

export type Part = z.output<typeof declaration> & { name: string };

/** Every part of the original starter, including removed ones. */
export const partNames = [
  "tutorial",
  "api-reference",
  "mcp",
  "guides",
  "benchmark",
  "faults",
  "containers",
  "vercel",
  "import-export",
  "bookmarks",
  "feeds",
  "share-cards",
  "social-sign-in",
  "korean",
  "removal",
] as const;

/**
 * @param root the folder of the project.
 * @returns the parts that are still in the project.
 */
export function readParts(root: string): Part[] {
  const folder = join(root, declarationFolder);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => ({
      name: file.replace(/\.json$/, ""),
      ...declaration.parse(JSON.parse(readFileSync(join(folder, file), "utf8"))),
    }));
}
