/** @returns the code of an error from Node.js, PostgreSQL or Prisma, such as `ENOENT`; empty where it has none. */
export function errorCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
