import { MigrationError, migrate } from "@/lib/database/migrate";

// Part of `npm run build`. On Vercel, only the build can apply migrations before any instance serves requests.
// Everywhere else the app applies them at startup, and a build needs no database.

const { VERCEL, DATABASE_URL } = process.env;
if (VERCEL && !DATABASE_URL) {
  console.error(
    "Set DATABASE_URL in the project's settings: Vercel keeps no files, so the embedded database cannot be used.",
  );
  process.exit(1);
}
if (VERCEL && DATABASE_URL) {
  try {
    const applied = await migrate(DATABASE_URL);
    console.log(applied.length > 0 ? `Applied ${applied.join(", ")}.` : "The database is up to date.");
  } catch (error) {
    console.error(error instanceof MigrationError ? error.message : error);
    process.exit(1);
  }
}
