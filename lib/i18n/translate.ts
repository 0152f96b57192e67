import { createTranslator } from "next-intl";
import type { ErrorCode, FieldProblem } from "@/lib/http/errors";
import { isErrorCode } from "@/lib/http/errors";
import type { Locale } from "./locales";
import { en } from "./messages/en";
import { ko } from "./messages/ko";

export const messages = { en, ko };

/** @returns the sentence of an error code. */
export function errorMessage(code: ErrorCode, locale: Locale): string {
  return messages[locale].errors[code];
}

/** @returns what to tell a person about a field. */
export function fieldMessage({ message, parameters }: FieldProblem, locale: Locale): string {
  if (isErrorCode(message)) return errorMessage(message, locale);
  const translate = createTranslator({ locale, messages: messages[locale], namespace: "validation" });
  return translate(message, parameters);
}

/** @returns the sentence that an endpoint answers with when all went well. */
export function answerMessage(name: keyof typeof en.answers, locale: Locale): string {
  return messages[locale].answers[name];
}
