import { expect, test } from "vitest";
import type { Part } from "./part";
import { planRemoval } from "./plan-removal";

function part(name: string, owned: Partial<Part>): Part {
  return {
    name,
    title: name,
    files: [],
    shared: [],
    messages: [],
    packages: [],
    scripts: [],
    traces: [],
    kept: false,
    ...owned,
  };
}

const declared = (owned: object) => `${JSON.stringify({ title: "A part", ...owned }, null, 2)}\n`;
const reference = { files: ["app/reference"], shared: ["lib/docs"], packages: ["ajv"], scripts: ["docs"] };
const server = {
  files: ["app/server", "app/reference/server.ts"],
  shared: ["lib/docs"],
  packages: ["ajv", "sdk"],
};
const parts = [part("reference", reference), part("server", server)];
const manifest = `${JSON.stringify({ scripts: { dev: "next dev", docs: "tsx docs.ts" } }, null, 2)}\n`;
const tree = new Map([
  ["app/page.tsx", "a\nb // part: reference\nc // part: server\n"],
  ["app/reference/page.tsx", ""],
  ["app/reference/server.ts", ""],
  ["app/server/route.ts", ""],
  ["lib/docs/read.ts", ""],
  ["lib/parts/declarations/reference.json", declared(reference)],
  ["lib/parts/declarations/server.json", declared(server)],
  ["package.json", manifest],
]);

test("removes the files, lines and scripts of a part, and keeps what another part shares", () => {
  const { deleted, written, packages } = planRemoval(parts, ["reference"], tree);
  expect(deleted).toEqual([
    "app/reference/page.tsx",
    "app/reference/server.ts",
    "lib/parts/declarations/reference.json",
  ]);
  expect(written.get("app/page.tsx")).toBe("a\nc // part: server\n");
  expect(JSON.parse(written.get("package.json") ?? "")).toEqual({ scripts: { dev: "next dev" } });
  expect(packages).toEqual([]);
});

test("drops files that were removed with another part from a declaration", () => {
  const { written } = planRemoval(parts, ["reference"], tree);
  expect(JSON.parse(written.get("lib/parts/declarations/server.json") ?? "")).toMatchObject({
    files: ["app/server"],
    shared: ["lib/docs"],
  });
});

test("removes shared files with the last part that needs them", () => {
  const { deleted, packages } = planRemoval(parts, ["reference", "server"], tree);
  expect(deleted).toContain("lib/docs/read.ts");
  expect(packages).toEqual(["ajv", "sdk"]);
});
