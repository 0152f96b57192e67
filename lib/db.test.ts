import { DriverAdapterError } from "@prisma/driver-adapter-utils";
import { expect, test } from "vitest";
import { isDatabaseUnavailable, Prisma } from "./db";

/** What Prisma makes of an error of the driver that it has no code for. */
function prismaError(sqlState: string): Error {
  const driverAdapterError = new DriverAdapterError({
    kind: "postgres",
    code: sqlState,
    originalCode: sqlState,
    originalMessage: "whatever PostgreSQL said",
    severity: "FATAL",
    message: "whatever PostgreSQL said",
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
  return new Prisma.PrismaClientKnownRequestError("Database error.", {
    code: "P2039",
    clientVersion: Prisma.prismaVersion.client,
    meta: { driverAdapterError },
  });
}

test.each([
  ["the server was killed", "57P01"],
  ["the server is starting", "57P03"],
  ["the connection broke", "08006"],
  ["no connection is left", "53300"],
])("Prisma's error that %s means that the database is away", (_, sqlState) => {
  expect(isDatabaseUnavailable(prismaError(sqlState))).toBe(true);
  expect(isDatabaseUnavailable(new Error("while signing up", { cause: prismaError(sqlState) }))).toBe(true);
});

test.each([
  ["a column that does not exist", prismaError("42703")],
  ["a division by zero", prismaError("22012")],
  ["a mistake of our own", new TypeError("undefined is not a function")],
  ["no error at all", "57P01"],
])("%s does not", (_, error) => {
  expect(isDatabaseUnavailable(error)).toBe(false);
});
