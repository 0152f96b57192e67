import { existsSync } from "node:fs";
import { type Finding, good, problem } from "./finding";

/** The oldest minor version of each major one, as in `engines` of package.json; from 24 on each one works. */
const oldestMinors = new Map([
  [20, 19],
  [22, 12],
]);

/**
 * Checks the runtime: Node.js, the packages, the generated database client.
 *
 * @param version such as `20.19.0`.
 * @param has whether a file exists, for tests.
 */
export function checkNode(version: string, has: (path: string) => boolean = existsSync): Finding[] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isSupported = major >= 24 || minor >= (oldestMinors.get(major) ?? Number.POSITIVE_INFINITY);
  return [
    isSupported
      ? good("Node.js", version)
      : problem(
          "Node.js",
          `${version} is not supported.`,
          `Install the current LTS release of Node.js, from https://nodejs.org or by your version manager (nvm install --lts).`,
        ),
    has("node_modules/.package-lock.json")
      ? good("Packages", "installed")
      : problem("Packages", "They are not installed.", "npm install"),
    has("lib/generated/prisma/client.ts")
      ? good("Prisma client", "generated")
      : problem(
          "Prisma client",
          "It is not generated yet.",
          "npm run db:generate (npm run dev does it by itself)",
        ),
  ];
}
