import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadEnvFiles } from "./load-env-files";

test("a command reads the files that the app reads, in the same order", async () => {
  const folder = await mkdtemp(join(tmpdir(), "blog-env-"));
  await writeFile(join(folder, ".env.development.local"), "FIRST=1\n");
  await writeFile(join(folder, ".env.local"), "FIRST=2\nSECOND=2\n");
  await writeFile(join(folder, ".env.development"), "SECOND=3\nTHIRD=3\nGIVEN=3\n");
  await writeFile(join(folder, ".env"), "THIRD=4\nFOURTH=4\n");
  await writeFile(join(folder, ".env.production"), "FOURTH=5\n");
  vi.stubEnv("NODE_ENV", "development");
  vi.stubEnv("GIVEN", "0");
  const names = ["FIRST", "SECOND", "THIRD", "FOURTH", "GIVEN"] as const;
  try {
    loadEnvFiles(folder);
    expect(names.map((name) => process.env[name])).toEqual(["1", "2", "3", "4", "0"]);
  } finally {
    vi.unstubAllEnvs();
    for (const name of names) delete process.env[name];
    await rm(folder, { recursive: true });
  }
});
