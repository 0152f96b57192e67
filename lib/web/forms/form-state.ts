import type { ErrorCode } from "@/lib/core/errors";

/** The state of a form after it was submitted: its values and errors. */
export type FormState = {
  values: Record<string, string>;
  /** By field, in the reader's language. */
  fieldErrors: Record<string, string>;
  /** The error of the form as a whole, in the reader's language. */
  error: string | null;
  /** The error code, so that a form can offer a next step. */
  code: ErrorCode | null;
};

/** The server action of a form. `formAction` creates it. */
export type FormActionFunction = (previous: FormState, form: FormData) => Promise<FormState>;

export const emptyFormState: FormState = { values: {}, fieldErrors: {}, error: null, code: null };
