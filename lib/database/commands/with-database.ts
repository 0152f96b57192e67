import { loadEnvFiles } from "@/lib/config/load-env-files";
import { openEmbeddedDatabase } from "@/lib/database/embedded-database";

/**
 * Gives a command the database that the app would use by the same settings: the one at `DATABASE_URL`, or the
 * embedded one, which it opens for as long as the command runs.
 */
export async function withDatabase<T>(command: (url: string) => Promise<T>): Promise<T> {
  loadEnvFiles();
  if (process.env.DATABASE_URL) return command(process.env.DATABASE_URL);
  const { url, release } = await openEmbeddedDatabase({ dataDir: process.env.DATA_DIR || ".data" });
  return command(url).finally(release);
}
