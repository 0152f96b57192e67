import { existsSync } from "node:fs";
import { type Finding, good, problem } from "./finding";

const oldest = [20, 19] as const;

/**
 * Checks the runtime: Node.js, the packages, the generated database client.
 *
 * @param version such as `20.19.0`.
 * @param has whether a file exists, for tests.
 */
export function checkNode(version: string, has: (path: string) => boolean = existsSync): Finding[] {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const isOldEnough = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
  return [
    isOldEnough
      ? good("Node.js", version)
      : problem(
          "Node.js",
          `${version} is too old.`,
          `Install Node.js ${oldest.join(".")} or later, from https://nodejs.org or by your version manager (nvm install 22).`,
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
