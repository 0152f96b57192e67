import type { Locale } from "./locales";
import { en } from "./messages/en";
import { ko } from "./messages/ko";

export const messages = {
  en,
  ko, // part: korean
};

/** @returns the success message of an endpoint. */
export function answerMessage(name: keyof typeof en.answers, locale: Locale): string {
  return messages[locale].answers[name];
}
