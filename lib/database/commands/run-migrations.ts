import { MigrationError, migrate } from "@/lib/database/migrate";
import { withDatabase } from "./with-database";

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
