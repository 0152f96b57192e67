import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { once } from "@/lib/runtime/once";
import { readMigrations } from "./migrate";

const path = "prisma/schema.prisma";

/**
 * Starts Prisma's schema engine, which `prisma migrate` uses, as WebAssembly from npm: many firewalls block the
 * download of the native engine by the Prisma CLI.
 */
async function openSchemaEngine(databaseUrl: string): Promise<bindings.SchemaEngine> {
  await loadBindings();
  const schema = await readFile(path, "utf8");
  const adapter = bindMigrationAwareSqlAdapterFactory(
    new CatalogReader({ connectionString: databaseUrl, allowExitOnIdle: true }),
  );
  const log = () => undefined;
  return bindings.SchemaEngine.new({ datamodels: [[path, schema]] }, log, adapter);
}

/**
 * Compares the database with schema.prisma.
 *
 * @returns the SQL that brings the database to the schema, or undefined if they match.
 */
export async function diffToSchema(databaseUrl: string): Promise<string | undefined> {
  const engine = await openSchemaEngine(databaseUrl);
  try {
    const files = [{ path, content: await readFile(path, "utf8") }];
    const { stdout, exitCode } = await engine.diff({
      // The database that the engine is connected to.
      from: { tag: "schemaDatasource", files, configDir: "prisma" },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: true,
      filters: noFilter,
    });
    return exitCode === 0 ? undefined : (stdout ?? undefined);
  } finally {
    engine.free();
  }
}

/**
 * Has the engine check the migration history that the database records.
 *
 * @returns one line per problem; none if the history is complete and in order.
 */
export async function findHistoryProblems(databaseUrl: string): Promise<string[]> {
  const engine = await openSchemaEngine(databaseUrl);
  try {
    const found = await engine.diagnoseMigrationHistory({
      migrationsList: await listMigrations(),
      optInToShadowDatabase: false,
      filters: noFilter,
    });
    return [
      ...(found.hasMigrationsTable ? [] : ["There is no history."]),
      ...found.editedMigrationNames.map((name) => `${name} was changed after it was applied.`),
      ...found.failedMigrationNames.map((name) => `${name} failed.`),
      ...(found.history ? [`The folder and the history differ: ${JSON.stringify(found.history)}`] : []),
    ];
  } finally {
    engine.free();
  }
}

async function listMigrations(): Promise<bindings.MigrationList> {
  const folder = "prisma/migrations";
  return {
    baseDir: resolve(folder),
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(folder, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: (await readMigrations(folder)).map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: "migration.sql", content: { tag: "ok", value: sql } },
    })),
  };
}

const noFilter = { externalTables: [], externalEnums: [] };

/** The package expects a bundler that imports .wasm files, which Node 20 does not. */
const loadBindings = once(async (): Promise<void> => {
  const entry = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm");
  const bytes = await readFile(new URL("schema_engine_bg.wasm", pathToFileURL(entry)));
  const { instance } = await WebAssembly.instantiate(bytes, { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
});

/** Columns of the type "char" (with the quotes) in the engine's queries to PostgreSQL's catalog. */
const charColumns = [
  { expression: "constr.contype", column: "constraint_type" },
  { expression: "con.confdeltype", column: "confdeltype" },
  { expression: "con.confupdtype", column: "confupdtype" },
];

/** Prisma's adapter does not support the type "char", so this reads such columns as text and restores their type. */
class CatalogReader extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const sql = charColumns.reduce((sql, { expression }) => sql.replace(expression, "$&::text"), query.sql);
      const result = await queryRaw({ ...query, sql });
      for (const { column } of charColumns) {
        const index = result.columnNames.indexOf(column);
        if (index >= 0) result.columnTypes[index] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }
}
