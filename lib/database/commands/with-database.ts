import { loadEnvFiles } from "@/lib/config/load-env-files";
import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

/**
 * Runs a command on the database that the app would use: the one at `DATABASE_URL`, or the embedded one, which is
 * open while the command runs.
 */
export async function withDatabase<T>(command: (url: string) => Promise<T>): Promise<T> {
  loadEnvFiles();
  if (process.env.DATABASE_URL) return command(process.env.DATABASE_URL);
  const { url, release } = await openEmbeddedDatabase({ dataDir: process.env.DATA_DIR || ".data" });
  return command(url).finally(release);
}
