import { withDatabase } from "./command-database";
import { MigrationError, migrate } from "./migrate";

// npm run db:migrate

try {
  const applied = await withDatabase((url) => migrate(url));
  console.log(
    applied.length > 0 ? `Applied ${applied.join(", ")}.` : "Nothing to apply: the database is up to date.",
  );
} catch (error) {
  console.error(error instanceof MigrationError ? error.message : error);
  process.exitCode = 1;
}
