import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { expect, test } from "vitest";

/** Listed in `next.config.ts`; all other files of the project are compiled. */
const readWhileServing = [/^prisma\/migrations\//, /^app\/.+\.md$/, /^[^/]+\.md$/, /^package\.json$/];

test("a deployment contains no source, test or document that the server does not read", () => {
  const traces = readdirSync(".next/server", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".nft.json"))
    .map((file) => join(".next/server", file));
  expect(traces.length).toBeGreaterThan(0);
  const files = traces.flatMap((trace) => {
    const { files }: { files: string[] } = JSON.parse(readFileSync(trace, "utf8"));
    return files.map((file) => relative(".", join(dirname(trace), file)).replaceAll(sep, "/"));
  });
  const projectFiles = new Set(files.filter((file) => !/^(node_modules|\.next)\//.test(file)));
  expect(projectFiles).toContainEqual(expect.stringMatching(/^prisma\/migrations\//));
  expect([...projectFiles].filter((file) => !readWhileServing.some((known) => known.test(file)))).toEqual([]);
});
