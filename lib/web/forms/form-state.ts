import type { ErrorCode } from "@/lib/core/errors";

/** What a form shows after it was sent: what was typed, and what is wrong with it. */
export type FormState = {
  values: Record<string, string>;
  /** By field, in the reader's language. */
  fieldErrors: Record<string, string>;
  /** What is wrong with the whole, in the reader's language. */
  error: string | null;
  /** Why it was refused, for what a form can offer to do about it. */
  code: ErrorCode | null;
};

/** A server action as a form calls it. `formAction` makes them. */
export type FormActionFunction = (previous: FormState, form: FormData) => Promise<FormState>;

export const emptyFormState: FormState = { values: {}, fieldErrors: {}, error: null, code: null };
