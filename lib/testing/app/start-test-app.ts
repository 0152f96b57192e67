import { openTestDatabase, type TestDatabase } from "@/lib/testing/database/test-database";
import { testSettings } from "./settings";
import { type RunningApp, startApp } from "./start-app";

/** A running app with its own database. */
export type TestApp = RunningApp & { database: Omit<TestDatabase, "remove"> };

/**
 * Starts the production build with the settings of the tests, on a new database.
 *
 * @param settings override those of the tests.
 * @param serverUrl a PostgreSQL server to create the database on; the embedded database by default.
 */
export async function startTestApp(
  settings: Record<string, string> = {},
  serverUrl = process.env.DATABASE_URL,
): Promise<TestApp> {
  const database = await openTestDatabase(serverUrl);
  try {
    const app = await startApp({
      ...testSettings,
      DATABASE_URL: serverUrl ? database.url : "",
      DATA_DIR: database.dataDir,
      ...settings,
    });
    return {
      ...app,
      database,
      async stop() {
        await app.stop().finally(database.remove);
      },
    };
  } catch (error) {
    await database.remove();
    throw error;
  }
}
