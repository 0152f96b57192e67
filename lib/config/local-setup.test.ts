import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";

let clone: string;

beforeEach(async () => {
  clone = await mkdtemp(join(tmpdir(), "blog-clone-"));
  for (const name of ["node_modules", "prisma", "prisma.config.ts", "lib", "package.json", "tsconfig.json"]) {
    await symlink(resolve(name), join(clone, name));
  }
});
afterEach(() => rm(clone, { recursive: true }));

test("a fresh clone gets its own secrets and keys, which other users of the machine cannot read", async () => {
  setUp();

  expect(await settings()).toEqual({
    AUTH_SECRET: expect.stringMatching(/^[\w-]{43}$/),
    PUBLISHABLE_KEY: expect.stringMatching(/^pk_[0-9a-f]{64}$/),
    SECRET_KEY: expect.stringMatching(/^sk_[0-9a-f]{64}$/),
    PASSWORD_MIN_LENGTH: "6",
    PASSWORD_BLOCK_COMMON: "off",
    PUBLISHING: "members",
  });
  expect((await stat(join(clone, ".env.local"))).mode & 0o777).toBe(0o600);
});

test("the second start changes nothing", async () => {
  setUp();
  const first = await readFile(join(clone, ".env.local"), "utf8");
  setUp();

  expect(await readFile(join(clone, ".env.local"), "utf8")).toBe(first);
});

test("keeps what is set already, in the file or in the environment", async () => {
  await writeFile(join(clone, ".env"), "PASSWORD_MIN_LENGTH=12\n");
  await writeFile(join(clone, ".env.local"), "# mine\nAUTH_SECRET=mine\nSECRET_KEY=");
  setUp({ PUBLISHABLE_KEY: "from outside" });

  expect(await readFile(join(clone, ".env.local"), "utf8")).toMatch(
    /^# mine\nAUTH_SECRET=mine\nSECRET_KEY=\n\n/,
  );
  expect(await settings()).toEqual({
    AUTH_SECRET: "mine",
    SECRET_KEY: expect.stringMatching(/^sk_[0-9a-f]{64}$/),
    PASSWORD_BLOCK_COMMON: "off",
    PUBLISHING: "members",
  });
});

function setUp(environment: Record<string, string> = {}) {
  const { PATH, HOME } = process.env;
  execFileSync(process.execPath, ["--import", "tsx", "lib/config/local-setup.ts"], {
    cwd: clone,
    env: { PATH, HOME, NODE_ENV: "development", ...environment },
  });
}

async function settings() {
  return parseEnv(await readFile(join(clone, ".env.local"), "utf8"));
}
