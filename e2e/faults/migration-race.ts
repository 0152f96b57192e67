import assert from "node:assert/strict";
import { readMigrations } from "@/lib/database/migrate";
import type { PostgresServer } from "../postgres-server";
import { password } from "./accounts";
import { newEmail, signUp } from "./api";
import { withDeployment } from "./deployment";

/** Two instances start together on an empty database: each migration is applied once. */
export async function migrationRace(server: PostgresServer): Promise<string> {
  return withDeployment(server, { instances: 2 }, async ({ instances, sql }) => {
    const applied = await sql<{ name: string }>(
      "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL ORDER BY started_at",
    );
    const migrations = await readMigrations("prisma/migrations");
    assert.deepEqual(
      applied.map(({ name }) => name),
      migrations.map(({ name }) => name),
    );
    for (const { url } of instances) assert.equal((await signUp(url, newEmail(), password)).status, 201);
    return `${applied.length} migrations, each applied once`;
  });
}
