import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const command = [
  process.execPath,
  resolve("node_modules/tsx/dist/cli.mjs"),
  resolve("lib/parts/commands/run-remove.ts"),
];
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parts-"));
  write("README.md", "# Blog\n\n- Articles.\n- A tutorial. <!-- part: tutorial -->\n");
  write("app/tutorial/page.md", "Steps.\n");
  write("lib/parts/declarations/tutorial.json", '{ "title": "The tutorial", "files": ["app/tutorial"] }\n');
  git("init", "--quiet");
  git("add", ".");
  git("-c", "user.name=A", "-c", "user.email=a@example.com", "commit", "--quiet", "--message", "Begin");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("lists the parts", () => {
  expect(remove("--list")).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^tutorial +The tutorial$/m),
  });
  expect(remove("--list", "--json").stdout).toBe('["tutorial"]\n');
});

test("removes a part, and does nothing the second time", () => {
  const { status, stdout } = remove("tutorial");
  expect(status).toBe(0);
  expect(stdout).toContain("app/tutorial/page.md");
  expect(stdout).toContain("npm install && npm test");
  expect(existsSync(join(folder, "app"))).toBe(false);
  expect(existsSync(join(folder, "lib/parts/declarations/tutorial.json"))).toBe(false);
  expect(readFileSync(join(folder, "README.md"), "utf8")).toBe("# Blog\n\n- Articles.\n");

  expect(remove("tutorial")).toMatchObject({ status: 0, stdout: "tutorial is already removed.\n" });
});

test("with --dry-run lists the changes without making them", () => {
  expect(remove("--all-optional", "--dry-run").stdout).toContain("app/tutorial/page.md");
  expect(git("status", "--porcelain")).toBe("");
});

test("rejects uncommitted changes without --force", () => {
  write("README.md", "# My blog\n");
  expect(remove("tutorial")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("uncommitted changes"),
  });
  expect(existsSync(join(folder, "app/tutorial"))).toBe(true);
  expect(remove("tutorial", "--force")).toMatchObject({ status: 0 });
  expect(existsSync(join(folder, "app/tutorial"))).toBe(false);
});

test("rejects an unknown part and no part", () => {
  expect(remove("tutorial", "kitchen")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("There is no part kitchen"),
  });
  expect(remove()).toMatchObject({ status: 1, stderr: expect.stringContaining("npm run remove") });
  expect(git("status", "--porcelain")).toBe("");
});

test("removes a part even if the reader of its output closes the pipe", () => {
  const piped = spawnSync("sh", ["-c", '"$@" | true', "sh", ...command, "tutorial"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(piped.stderr).toBe("");
  expect(existsSync(join(folder, "app"))).toBe(false);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function git(...parameters: string[]): string {
  return execFileSync("git", parameters, { cwd: folder, encoding: "utf8" });
}

function remove(...parameters: string[]) {
  const [node = "", ...script] = command;
  return spawnSync(node, [...script, ...parameters], { cwd: folder, encoding: "utf8" });
}
