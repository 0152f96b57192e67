import { mkdir, writeFile } from "node:fs/promises";
import { migrate } from "@/lib/database/migrate";
import { diffToSchema } from "@/lib/database/schema-engine";
import { withDatabase } from "./with-database";

// npm run db:migration <name>
// Writes the migration from the existing migrations to schema.prisma. Applies the existing ones first.

const name = process.argv[2] ?? "";
if (!/^[a-z0-9_]{1,100}$/.test(name)) {
  console.error("Name the migration, in lower case and underscores: npm run db:migration add_tags");
  process.exit(1);
}

const sql = await withDatabase(async (url) => {
  await migrate(url);
  return diffToSchema(url);
});

if (!sql) {
  console.log("schema.prisma and the migrations agree: there is nothing to write.");
} else {
  const time = new Date().toISOString().replace(/\D/g, "").slice(0, 14);
  const folder = `prisma/migrations/${time}_${name}`;
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/migration.sql`, sql);
  console.log(
    `Wrote ${folder}/migration.sql. Read it, add what a schema cannot say, then: npm run db:migrate`,
  );
}
