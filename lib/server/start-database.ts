import { openEmbeddedDatabase } from "@/lib/database/embedded-database";
import { migrate } from "@/lib/database/migrate";
import { isUnreachable } from "@/lib/database/unreachable";
import { seed } from "@/prisma/seed";

/** The database does not answer. Worth trying again. */
export class DatabaseUnreachable extends Error {
  override name = "DatabaseUnreachable";
}

export type StartedDatabase = {
  url: string;
  /** Lets an embedded database end; leaves any other alone. */
  release(): Promise<void>;
};

/**
 * Makes the database ready for the app: the one at `databaseUrl`, or else the embedded one in `dataDir`. Applies
 * the migrations that it lacks, and fills it with a few articles if it is empty and `shouldSeed` says so.
 *
 * @throws DatabaseUnreachable when it does not answer: try again later.
 * @throws MigrationError when a migration cannot be applied: trying again does not help.
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
