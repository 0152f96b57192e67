import { Client } from "pg";
import { v7 as newId } from "uuid";

/** The outcome of the command. */
export type MakeAdminOutcome =
  | { result: "made" | "is-admin-already"; name: string; isConfirmed: boolean; wasBanned: boolean }
  | { result: "no-account" | "no-tables" };

/**
 * Makes a user an admin, for the command on the server: the site itself needs an admin to make another. A ban is lifted,
 * since a banned admin could do nothing. Both are recorded in the audit log, without an actor.
 */
export async function makeAdmin(databaseUrl: string, email: string): Promise<MakeAdminOutcome> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query("BEGIN");
    const outcome = await makeAdminIn(client, email.trim().toLowerCase());
    await client.query("COMMIT");
    return outcome;
  } catch (error) {
    await client.query("ROLLBACK");
    if (isUndefinedTable(error)) return { result: "no-tables" };
    throw error;
  } finally {
    await client.end();
  }
}

type UserRow = { id: string; name: string; role: string; isConfirmed: boolean; isBanned: boolean };

async function makeAdminIn(client: Client, email: string): Promise<MakeAdminOutcome> {
  const { rows } = await client.query<UserRow>(
    `SELECT id, name, role::text, "emailVerified" IS NOT NULL AS "isConfirmed", "bannedAt" IS NOT NULL AS "isBanned"
       FROM "User" WHERE email = $1 FOR NO KEY UPDATE`,
    [email],
  );
  const [user] = rows;
  if (!user) return { result: "no-account" };
  const { id, name, role, isConfirmed, isBanned } = user;
  const account = { name, isConfirmed, wasBanned: isBanned };
  if (role === "admin" && !isBanned) return { result: "is-admin-already", ...account };
  await client.query(
    `UPDATE "User" SET role = 'admin', "bannedAt" = NULL, "updatedAt" = now() WHERE id = $1`,
    [id],
  );
  if (role !== "admin") await record(client, "user.role-changed", id, { name, from: role, to: "admin" });
  if (isBanned) await record(client, "user.unbanned", id, { name });
  return { result: "made", ...account };
}

async function record(client: Client, action: string, userId: string, details: object): Promise<void> {
  await client.query(
    `INSERT INTO "AuditEntry" (id, action, "targetType", "targetId", details) VALUES ($1, $2, 'user', $3, $4)`,
    [newId(), action, userId, JSON.stringify(details)],
  );
}

function isUndefinedTable(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "42P01";
}
