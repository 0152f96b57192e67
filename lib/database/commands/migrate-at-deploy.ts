import { env, exit } from "node:process";

// Part of `npm run build`. On Vercel, only the build can apply migrations before any instance serves requests.
// Everywhere else the app applies them at startup, and a build needs no database.

if (env.VERCEL) {
  if (!env.DATABASE_URL) {
    console.error(
      "Set DATABASE_URL in the project's settings: Vercel keeps no files, so the embedded database cannot be used.",
    );
    exit(1);
  }
  await import("./run-migrations");
}
