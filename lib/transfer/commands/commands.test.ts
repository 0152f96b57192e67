import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/core/db";
import { writeFiles } from "@/lib/testing/blog-folder";

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "blog-commands-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** Runs a command line on the database of this test. */
async function run(...command: string[]): Promise<{ code: number; lines: string[] }> {
  return new Promise((resolve) => {
    const child = execFile("npm", ["run", "-s", ...command], (_error, stdout, stderr) => {
      resolve({ code: child.exitCode ?? -1, lines: `${stdout}${stderr}`.trim().split("\n") });
    });
  });
}

// Starts three processes, which takes seconds each on a busy machine.
test("the commands import and export a blog, and report the outcome of each file", {
  timeout: 90_000,
}, async () => {
  const email = `${crypto.randomUUID()}@example.com`;
  const author = await db.user.create({ data: { email, name: "Author" } });
  const folder = join(root, "old-blog");
  // Unique files: an old URL belongs to the article that was imported first.
  await writeFiles(folder, {
    "commands/one.md": "---\ntitle: One by a command\ndate: 2023-01-01\n---\nText.\n",
    "commands/two.md": "---\ntitle: Two by a command\ndate: 2023-01-02\n---\nMore text.\n",
    "commands/wrong-date.md": "---\ntitle: Wrong date by a command\ndate: 2023-13-45\n---\nText.\n",
  });
  const countArticles = () => db.article.count({ where: { createdBy: author.id } });
  const importIt = (...options: string[]) =>
    run("import", "--", "markdown", folder, "--author", email, ...options);

  const dry = await importIt("--dry-run");
  expect(dry.lines.at(-1)).toBe("2 imported, 1 refused; nothing was written.");
  expect(await countArticles()).toBe(0);

  const first = await importIt();
  // A file was refused, which the exit code reports to scripts.
  expect(first.code).toBe(1);
  expect(first.lines.at(-1)).toBe("2 imported, 1 refused.");
  expect(first.lines).toContainEqual(
    expect.stringMatching(/^\[\d\/3\] ! commands\/wrong-date\.md refused "2023-13-45" is not a date\.$/),
  );
  expect(first.lines).toContainEqual(expect.stringMatching(/^\[3\/3\] /));
  expect(await countArticles()).toBe(2);

  const out = join(root, "out");
  const exported = await run("export", "--", out, "--author", email);
  expect(exported).toMatchObject({ code: 0 });
  expect(exported.lines.at(-1)).toBe("2 exported.");
  expect(await readdir(join(out, "articles"))).toHaveLength(2);
});

test.each([
  { command: ["import", "--", "markdown", "folder"], says: "npm run import -- markdown|bkend" },
  {
    command: ["import", "--", "markdown", ".", "--author", "none@example.com"],
    says: "There is no account with the address none@example.com.",
  },
])("the command $command exits with an error message", async ({ command, says }) => {
  const { code, lines } = await run(...command);
  expect(code).toBe(1);
  expect(lines.join("\n")).toContain(says);
});
