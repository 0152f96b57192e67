import "server-only";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { errorMessage, fieldMessage } from "@/lib/core/error-messages";
import type { AppError, ErrorCode } from "@/lib/core/errors";
import { logError } from "@/lib/core/log-error";
import { parseInput } from "@/lib/core/parse-input";
import { type AddressPolicyName, limit } from "@/lib/core/rate-limit";
import type { Locale } from "@/lib/i18n/locales";
import { requirePageLimit } from "@/lib/web/page-limit";
import { currentClient } from "@/lib/web/session/browser-session";
import { emptyFormState, type FormActionFunction, type FormState } from "./form-state";

/**
 * Creates a server action from a domain function, for `useActionState`: parses the form by its schema, calls the
 * function, and turns errors into messages at the fields. The form keeps its values, except passwords. A `redirect()`
 * in the handler passes through.
 *
 * @param name the name of the form in the log of its errors.
 * @param options.addressLimit a limit by client address in addition to the general one.
 */
export function formAction<Schema extends z.ZodObject>(
  name: string,
  schema: Schema,
  handle: (input: z.output<Schema>) => Promise<void>,
  { addressLimit }: { addressLimit?: AddressPolicyName } = {},
): FormActionFunction {
  return async (_previous, form) => {
    const client = await currentClient();
    const entries = textsOf(form);
    try {
      await requirePageLimit();
      if (addressLimit) await limit(addressLimit, client.ip);
      await handle(parseInput(schema, entries, "common/validation-error"));
      return emptyFormState;
    } catch (thrown) {
      unstable_rethrow(thrown);
      return stateOf(logError("form", thrown, client, { form: name }), schema, entries, client.locale);
    }
  };
}

/** The response of a `scriptAction`: its result, or an error code and its message in the reader's language. */
export type ScriptAnswer<Result> = { result: Result } | { code: ErrorCode; error: string };

/**
 * Creates a server action from a domain function, for a script of this site where a form is not enough: validates the
 * input by its schema and calls the function.
 *
 * @param name the name of the action in the log of its errors.
 */
export function scriptAction<Schema extends z.ZodObject, Result>(
  name: string,
  schema: Schema,
  handle: (input: z.output<Schema>) => Promise<Result>,
): (input: z.input<Schema>) => Promise<ScriptAnswer<Result>> {
  return async (input) => {
    const client = await currentClient();
    try {
      await requirePageLimit();
      return { result: await handle(parseInput(schema, input, "common/validation-error")) };
    } catch (thrown) {
      unstable_rethrow(thrown);
      const { code, problems } = logError("form", thrown, client, { form: name });
      // The error of a field is more specific than the code.
      const [problem = { path: "", message: code }] = problems;
      return { code, error: fieldMessage(problem, client.locale) };
    }
  };
}

/** Only the text fields: files are uploaded separately. A server action is an endpoint, so its input is untrusted. */
function textsOf(form: unknown): Record<string, string> {
  if (!(form instanceof FormData)) return {};
  // Next.js adds fields whose names start with a dollar sign.
  const entries = [...form].filter(([name, value]) => typeof value === "string" && !name.startsWith("$"));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** A problem inside of a field (`tags.0`) is shown at the field; one that is in no field of the form, at the form. */
function stateOf(
  error: AppError,
  schema: z.ZodObject,
  entries: Record<string, string>,
  locale: Locale,
): FormState {
  const fieldErrors: Record<string, string> = {};
  let formError = error.problems.length > 0 ? null : errorMessage(error.code, locale);
  for (const problem of error.problems) {
    const [field = ""] = problem.path.split(".");
    const message = fieldMessage(problem, locale);
    if (Object.hasOwn(schema.shape, field)) fieldErrors[field] ??= message;
    else formError ??= message;
  }
  const values = Object.entries(entries).filter(([name]) => !/password/i.test(name));
  return {
    values: { ...Object.fromEntries(values), ...error.values },
    fieldErrors,
    code: error.code,
    error: formError,
  };
}
