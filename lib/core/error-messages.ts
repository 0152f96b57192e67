import { createTranslator } from "next-intl";
import type { Locale } from "@/lib/i18n/locales";
import { messages } from "@/lib/i18n/translate";
import type { ErrorCode, FieldProblem } from "./errors";
import { isErrorCode } from "./errors";

export function errorMessage(code: ErrorCode, locale: Locale): string {
  return messages[locale].errors[code];
}

/** @returns the message for the user about a field. */
export function fieldMessage({ message, parameters }: FieldProblem, locale: Locale): string {
  if (isErrorCode(message)) return errorMessage(message, locale);
  const translate = createTranslator({ locale, messages: messages[locale], namespace: "validation" });
  return translate(message, parameters);
}
