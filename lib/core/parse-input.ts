import type { z } from "zod";
import { en } from "@/lib/i18n/messages/en";
import { AppError, type ErrorCode, type FieldProblem, isErrorCode } from "./errors";

/** A body of a megabyte can have a hundred thousand problems; no caller needs more than these. */
const maxProblems = 20;

/**
 * Validates the input of a caller.
 *
 * A schema can name an error code of its own, as Zod's message (`z.string("auth/invalid-email")`) or in a custom
 * issue's `params.code`; it takes precedence over the fallback.
 *
 * @param fallback the code of the area, such as `data/validation-error`.
 * @returns the input as the schema transforms it.
 * @throws AppError with the problems of each field.
 */
export function parseInput<Schema extends z.ZodType>(
  schema: Schema,
  input: unknown,
  fallback: ErrorCode,
): z.output<Schema> {
  const result = schema.safeParse(input, { reportInput: true });
  if (!result.success) throw invalidInput(result.error, fallback);
  return result.data;
}

function invalidInput(error: z.ZodError, fallback: ErrorCode): AppError {
  const code = error.issues.map(specificCode).find((found) => found !== undefined) ?? fallback;
  return new AppError(code, {
    problems: error.issues.flatMap(problemsOf).slice(0, maxProblems),
    cause: error,
  });
}

function specificCode(issue: z.core.$ZodIssue): ErrorCode | undefined {
  const code: unknown = issue.code === "custom" ? (issue.params?.code ?? issue.message) : issue.message;
  return typeof code === "string" && isErrorCode(code) ? code : undefined;
}

function problemsOf(issue: z.core.$ZodIssue): FieldProblem[] {
  const path = issue.path.join(".");
  if (isProblemMessage(issue.message)) {
    const parameters = issue.code === "custom" ? numbersIn(issue.params) : undefined;
    return [{ path, message: issue.message, parameters }];
  }

  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        path: [...issue.path, key].join("."),
        message: "unknownField",
      }));
    case "invalid_type":
      return [{ path, message: issue.input === undefined ? "required" : typeMessage(issue.expected) }];
    case "invalid_value":
      return [{ path, message: "oneOf", parameters: { options: issue.values.map(String).join(", ") } }];
    case "too_small":
      return [{ path, message: "tooSmall", parameters: { minimum: Number(issue.minimum) } }];
    case "too_big":
      return issue.origin === "array"
        ? [{ path, message: "tooManyItems", parameters: { maximum: Number(issue.maximum) } }]
        : [{ path, message: "tooBig", parameters: { maximum: Number(issue.maximum) } }];
    default:
      return [{ path, message: "invalid" }];
  }
}

function typeMessage(expected: string): keyof typeof en.validation {
  switch (expected) {
    case "string":
      return "text";
    case "number":
    case "int":
      return "number";
    case "boolean":
      return "boolean";
    case "array":
      return "list";
    case "object":
      return "object";
    default:
      return "invalid";
  }
}

function isProblemMessage(message: string): message is FieldProblem["message"] {
  return isErrorCode(message) || Object.hasOwn(en.validation, message);
}

function numbersIn(params: Record<string, unknown> | undefined): Record<string, number> {
  const entries = Object.entries(params ?? {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
