import { openEmbeddedDatabase } from "@/lib/database/embedded-database";
import { migrate } from "@/lib/database/migrate";
import { isUnreachable } from "@/lib/database/unreachable";
import { seed } from "@/prisma/seed";

/** The database does not respond. The caller may retry. */
export class DatabaseUnreachable extends Error {
  override name = "DatabaseUnreachable";
}

export type StartedDatabase = {
  url: string;
  /** Stops an embedded database; does nothing for any other. */
  release(): Promise<void>;
};

/**
 * Prepares the database for the app: the one at `databaseUrl`, or else the embedded one in `dataDir`. Applies
 * the migrations that it lacks, and if `seed` is set, fills an empty database with a few articles.
 *
 * @throws DatabaseUnreachable if it does not respond: retry later.
 * @throws MigrationError if a migration cannot be applied: retrying does not help.
 */
export async function startDatabase({
  databaseUrl,
  dataDir,
  seed: shouldSeed,
}: {
  databaseUrl: string | undefined;
  dataDir: string;
  seed: boolean;
}): Promise<StartedDatabase> {
  const database = databaseUrl
    ? { url: databaseUrl, release: async () => undefined }
    : await openEmbeddedDatabase({ dataDir });
  try {
    await migrate(database.url);
    if (shouldSeed) await seed(database.url);
    return database;
  } catch (error) {
    await database.release();
    if (isUnreachable(error))
      throw new DatabaseUnreachable("The database does not answer.", { cause: error });
    throw error;
  }
}
