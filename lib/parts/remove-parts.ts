import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Removal } from "./plan-removal";

/**
 * Applies a removal: deletes and writes the files, drops the dependencies, removes unused imports, and formats the
 * changed files.
 *
 * @param root the folder of the project.
 * @throws Error when a command fails.
 */
export function removeParts({ deleted, written, packages }: Removal, root: string): void {
  for (const [file, text] of written) writeFileSync(join(root, file), text);
  for (const file of deleted) {
    rmSync(join(root, file), { force: true });
    removeEmptyFolders(dirname(file), root);
  }
  if (packages.length > 0) {
    // Only the lockfile: `npm install` updates node_modules afterwards.
    run(root, "npm", [
      "uninstall",
      "--package-lock-only",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      ...packages,
    ]);
  }
  const code = [...written.keys()].filter((file) => /\.(tsx?|mjs|json|css)$/.test(file));
  if (code.length === 0) return;
  const biome = ["biome", "check", "--write", "--no-errors-on-unmatched", "--files-ignore-unknown=true"];
  const rules = ["correctness/noUnusedImports", "complexity/noUselessFragments"];
  // Ignores the exit code: `npm run lint` reports what these rules cannot fix.
  spawnSync("npx", [...biome, "--unsafe", ...rules.map((rule) => `--only=${rule}`), ...code], { cwd: root });
  spawnSync("npx", [...biome, ...code], { cwd: root });
}

function removeEmptyFolders(folder: string, root: string): void {
  const path = join(root, folder);
  if (folder === "." || !existsSync(path) || readdirSync(path).length > 0) return;
  rmdirSync(path);
  removeEmptyFolders(dirname(folder), root);
}

function run(root: string, command: string, parameters: string[]): void {
  const { status, stdout, stderr } = spawnSync(command, parameters, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`${command} ${parameters.join(" ")}\n${stdout}${stderr}`);
}
