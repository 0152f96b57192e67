import { defineConfig } from "prisma/config";

// `prisma generate` never runs the schema engine, yet it downloads one, which firewalled machines cannot.
// Naming any existing file as the engine spares the download; commands that need the real one still fetch it.
if (process.argv.includes("generate")) {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
}

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
