import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { readParts } from "../part";
import { readProjectTree } from "../project-tree";

// `npm run test:remove` removes each part alone, and all but the kept ones together, in a copy of the project, and checks
// the rest: lint, types, build, unit and API tests.
//
//   npm run test:remove -- tutorial mcp   only these, each alone
//   npm run test:remove -- all            only all but the kept ones
//   npm run test:remove -- --quick        only lint, types and the tests of the declarations
//   npm run test:remove -- --keep         keep the copies

const root = process.cwd();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean" }, keep: { type: "boolean" } },
});

const names = readParts(root).map(({ name }) => name);
const requested = positionals.length > 0 ? positionals : [...names, "all"];
const unknown = requested.filter((name) => name !== "all" && !names.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no part ${unknown.join(", ")}. The parts: ${names.join(", ")}`);

const vitest = ["npx", "vitest", "run", "--configLoader", "runner"];
const quickSteps = [
  ["npm", "run", "db:generate"],
  ["npm", "run", "lint"],
  ["npm", "run", "types"],
];
const steps = values.quick
  ? [
      ...quickSteps,
      [...vitest, "--project", "unit", "lib/parts", "lib/layers.test.ts", "lib/i18n", "lib/docs"],
    ]
  : [...quickSteps, ["npm", "run", "build"], vitest];

const failed = requested.filter((name) => !test(name));
console.log(failed.length === 0 ? "\nAll of them pass." : `\nFailed without: ${failed.join(", ")}`);
process.exitCode = failed.length === 0 ? 0 : 1;

/** @returns whether the project passes without a part. */
function test(name: string): boolean {
  const copy = mkdtempSync(join(tmpdir(), `without-${name}-`));
  copyProject(copy);
  const remove = ["npm", "run", "remove", "--", name === "all" ? "--all-optional" : name];
  const wrong = [remove, ...steps].find((command) => !run(command, copy));
  console.log(
    `${wrong ? "FAILED" : "passed"}  without ${name}${wrong ? `: ${wrong.join(" ")}` : ""}  ${sizeOf(copy)}`,
  );
  if (values.keep) console.log(`        ${copy}`);
  else rmSync(copy, { recursive: true, force: true });
  return !wrong;
}

function copyProject(copy: string): void {
  for (const file of readProjectTree(root).keys()) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  const modules = [join(root, "node_modules"), join(copy, "node_modules")] as const;
  // Hard links are fast and take no space, but do not work across file systems.
  if (spawnSync("cp", ["-al", ...modules]).status !== 0) {
    rmSync(modules[1], { recursive: true, force: true });
    cpSync(...modules, { recursive: true, verbatimSymlinks: true });
  }
}

function run([command = "", ...parameters]: string[], folder: string): boolean {
  const { status, stdout, stderr } = spawnSync(command, parameters, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    maxBuffer: 64 * 1024 * 1024,
  });
  // The summary of a test run is at the end of its output.
  if (status !== 0) console.log(`${stderr.slice(-4_000)}\n${stdout.slice(-12_000)}`);
  return status === 0;
}

function sizeOf(folder: string): string {
  const code = [...readProjectTree(folder).keys()].filter((file) => /\.(tsx?|mjs|css)$/.test(file));
  const lines = code.reduce(
    (sum, file) => sum + readFileSync(join(folder, file), "utf8").split("\n").length,
    0,
  );
  return `${code.length} files of code, ${lines} lines`;
}
