import type { Locale } from "./locales";

/**
 * The error page when even the root layout cannot be rendered. It is part of every page's JavaScript, so it is separate
 * from the other messages. The user's language is not known then, so all languages are shown.
 */
export const lastResort: Record<Locale, { title: string; text: string; home: string }> = {
  en: {
    title: "Something went wrong on our side.",
    text: "Try again in a moment.",
    home: "Go to the home page",
  },
  // part: korean
  ko: {
    title: "저희 쪽에서 문제가 생겼어요.",
    text: "잠시 뒤에 다시 해 주세요.",
    home: "첫 화면으로",
  },
  // end of part: korean
};
