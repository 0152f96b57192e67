import type { TestProject } from "vitest/node";
import { migrate } from "@/lib/database/migrate";
import { openTestDatabase } from "./test-database";

declare module "vitest" {
  export interface ProvidedContext {
    /** A migrated database, shared by all tests of a run: each test creates the users and articles it needs. */
    databaseUrl: string;
    dataDir: string;
    /** The PostgreSQL server of this run, for tests that need their own database; empty for the embedded one. */
    serverUrl: string;
  }
}

/** Runs once before the unit tests: creates a migrated database, and removes it after them. */
export default async function setUpDatabase(project: TestProject) {
  const serverUrl = project.config.env.DATABASE_URL ?? "";
  const database = await openTestDatabase(serverUrl);
  await migrate(database.url);
  project.provide("databaseUrl", database.url);
  project.provide("serverUrl", serverUrl);
  project.provide("dataDir", database.dataDir);
  return database.remove;
}
