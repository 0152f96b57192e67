import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { loadEnvFiles } from "./load-env-files";

test("a command reads the same files as the app, in the same order and with the same variable expansion", async () => {
  const folder = await mkdtemp(join(tmpdir(), "blog-env-"));
  await writeFile(join(folder, ".env.development.local"), "FIRST=1\n");
  await writeFile(join(folder, ".env.local"), "FIRST=2\nSECOND=2\n");
  await writeFile(join(folder, ".env.development"), "SECOND=3\nTHIRD=3\nGIVEN=3\n");
  await writeFile(join(folder, ".env.production"), "FOURTH=5\n");
  await writeFile(
    join(folder, ".env"),
    "THIRD=4\nFOURTH=4\nHOST_NAME=db\nFULL=pg://$HOST_NAME/$GIVEN/\\$5\n",
  );
  vi.stubEnv("NODE_ENV", "development");
  vi.stubEnv("GIVEN", "0");
  const names = ["FIRST", "SECOND", "THIRD", "FOURTH", "GIVEN", "FULL", "HOST_NAME"] as const;
  try {
    loadEnvFiles(folder);
    expect(names.map((name) => process.env[name])).toEqual(["1", "2", "3", "4", "0", "pg://db/0/$5", "db"]);
  } finally {
    vi.unstubAllEnvs();
    for (const name of [...names, "__NEXT_PROCESSED_ENV"]) delete process.env[name];
    await rm(folder, { recursive: true });
  }
});
