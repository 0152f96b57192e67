import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testSettings } from "./lib/testing/app/settings";

// Everything runs on the embedded database, and where DATABASE_URL names a PostgreSQL server, on that one too.
const databases = [{ suffix: "", url: "" }];
if (process.env.DATABASE_URL) databases.push({ suffix: " on DATABASE_URL", url: process.env.DATABASE_URL });

const notOurs = ["node_modules/**", ".next/**", "e2e/**"];
const timing = "**/*timing.api.test.ts";

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, ""),
      // Throws unless a bundler for servers picks the empty half of it.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    // On two cores as well: half of the time, tests wait for the database and for the app.
    maxWorkers: 2,
    testTimeout: 30_000,
    // A new embedded database takes seconds to make, and more on a busy machine.
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ["default", ["json", { outputFile: "test-results/vitest.json" }]],
    projects: databases.flatMap(({ suffix, url }) => [
      {
        extends: true as const,
        test: {
          // Functions, domain and database included, called as the app calls them.
          name: `unit${suffix}`,
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...notOurs, "**/*.api.test.ts"],
          env: { ...testSettings, DATABASE_URL: url },
          globalSetup: "lib/testing/database/database-setup.ts",
          setupFiles: "lib/testing/database/use-database.ts",
        },
      },
      {
        extends: true as const,
        test: {
          // The running production build, spoken to over HTTP.
          name: `api${suffix}`,
          include: ["**/*.api.test.ts"],
          exclude: [...notOurs, timing],
          env: { ...testSettings, DATABASE_URL: url },
          globalSetup: "lib/testing/app/app-setup.ts",
        },
      },
      {
        extends: true as const,
        test: {
          // Compares times, so it runs after the others, and one file at a time.
          name: `timing${suffix}`,
          include: [timing],
          env: { ...testSettings, DATABASE_URL: url },
          globalSetup: "lib/testing/app/app-setup.ts",
          sequence: { groupOrder: 1 },
          maxWorkers: 1,
        },
      },
    ]),
  },
});
