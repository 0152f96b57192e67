/** @returns the code that Node.js, PostgreSQL or Prisma gave an error, such as `ENOENT`; nothing where it has none. */
export function errorCodeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
