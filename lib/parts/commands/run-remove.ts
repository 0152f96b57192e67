import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";
import { type Part, partNames, readParts } from "../part";
import { planRemoval, type Removal } from "../plan-removal";
import { readProjectTree } from "../project-tree";
import { removeParts } from "../remove-parts";

// `npm run remove -- <part> …` removes parts of the starter from the project.

const usage = `npm run remove -- <part> …          remove parts
npm run remove -- --all-optional    remove every part but Korean and this command
npm run remove -- --list            list the parts
  --dry-run   say what would change, change nothing
  --force     also with uncommitted changes`;

const root = process.cwd();
const parts = readParts(root);

// A closed pipe is not an error: `head` stops reading when it has enough.
process.stdout.on("error", () => {});
process.exitCode = main();

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      list: { type: "boolean" },
      json: { type: "boolean" },
      "all-optional": { type: "boolean" },
      "dry-run": { type: "boolean" },
      force: { type: "boolean" },
    },
  });
  if (values.list) return list(values.json ?? false);

  const requested = values["all-optional"] ? optionalParts() : positionals;
  if (values["all-optional"] && requested.length === 0) console.log("Nothing optional is left.");
  else if (requested.length === 0) return fail(usage);
  const unknown = requested.filter((name) => !partNames.some((known) => known === name));
  if (unknown.length > 0)
    return fail(`There is no part ${unknown.join(", ")}. The parts: ${partNames.join(", ")}`);
  const names = requested.filter((name) => parts.some((part) => part.name === name));
  for (const name of requested) if (!names.includes(name)) console.log(`${name} is already removed.`);
  if (names.length === 0) return 0;
  if (!values["dry-run"] && !values.force && hasChanges()) {
    return fail("There are uncommitted changes. Commit or stash them first, or add --force.");
  }

  const removal = planRemoval(parts, names, readProjectTree(root));
  report(names, removal);
  if (values["dry-run"]) return 0;
  removeParts(removal, root);
  console.log("\nNext: npm install && npm test, then commit.");
  return 0;
}

function optionalParts(): string[] {
  return parts.filter(({ kept }) => !kept).map(({ name }) => name);
}

function list(asJson: boolean): number {
  if (asJson) {
    console.log(JSON.stringify(parts.map(({ name }) => name)));
    return 0;
  }
  const width = Math.max(...partNames.map((name) => name.length));
  for (const { name, title } of parts) console.log(`${name.padEnd(width)}  ${title}`);
  return 0;
}

function report(names: string[], { deleted, written, packages }: Removal): void {
  const titleOf = (name: string) => parts.find((part: Part) => part.name === name)?.title ?? "";
  for (const name of names) console.log(`Removing ${name}: ${titleOf(name)}`);
  console.log(`\n${deleted.length} files deleted:`);
  for (const file of deleted) console.log(`  ${file}`);
  console.log(`\nLines removed from ${written.size} files:`);
  for (const file of written.keys()) console.log(`  ${file}`);
  if (packages.length > 0) console.log(`\nDependencies removed: ${packages.join(", ")}`);
}

/** @returns whether Git reports uncommitted changes; false without Git. */
function hasChanges(): boolean {
  const { status, stdout } = spawnSync("git", ["status", "--porcelain"], { cwd: root, encoding: "utf8" });
  return status === 0 && stdout.trim() !== "";
}

function fail(message: string): number {
  console.error(message);
  return 1;
}
