import { existsSync } from "node:fs";
import { openEmbeddedDatabase } from "./embedded-database";

/**
 * Gives a command the database that the app would use by the same settings: the one at `DATABASE_URL`, or the
 * embedded one, which it opens for as long as the command runs.
 */
export async function withDatabase<T>(command: (url: string) => Promise<T>): Promise<T> {
  // As Next.js does: the environment wins over the files, the first file over the second.
  for (const file of [".env.local", ".env"]) if (existsSync(file)) process.loadEnvFile(file);

  if (process.env.DATABASE_URL) return command(process.env.DATABASE_URL);
  const { url, release } = await openEmbeddedDatabase({ dataDir: process.env.DATA_DIR || ".data" });
  return command(url).finally(release);
}
