import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { testSettings } from "./lib/testing/app/settings";

// All tests run on the embedded database, and if DATABASE_URL is set, on that PostgreSQL server as well.
const databases = [{ suffix: "", url: "" }];
if (process.env.DATABASE_URL) databases.push({ suffix: " on DATABASE_URL", url: process.env.DATABASE_URL });

const excluded = ["node_modules/**", ".next/**", "e2e/**"];
const timing = "**/*timing.api.test.ts";

export default defineConfig({
  resolve: {
    alias: {
      "@": fileURLToPath(new URL(".", import.meta.url)).replace(/[\\/]$/, ""),
      // Its default entry throws outside a server bundle.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    // Even on two cores: half of the time, tests wait for the database and the app.
    maxWorkers: 2,
    testTimeout: 30_000,
    // Creating an embedded database takes seconds, and longer on a busy machine.
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    reporters: ["default", ["json", { outputFile: "test-results/vitest.json" }]],
    projects: databases.flatMap(({ suffix, url }) => [
      {
        extends: true as const,
        test: {
          // Functions, including domain and database, called as in the app.
          name: `unit${suffix}`,
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...excluded, "**/*.api.test.ts"],
          env: { ...testSettings, DATABASE_URL: url },
          globalSetup: "lib/testing/database/database-setup.ts",
          setupFiles: "lib/testing/database/use-database.ts",
        },
      },
      {
        extends: true as const,
        test: {
          // The running production build, over HTTP.
          name: `api${suffix}`,
          include: ["**/*.api.test.ts"],
          exclude: [...excluded, timing],
          env: { ...testSettings, DATABASE_URL: url },
          globalSetup: "lib/testing/app/app-setup.ts",
        },
      },
      {
        extends: true as const,
        test: {
          // Compares durations, so it runs after the others, one file at a time.
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
