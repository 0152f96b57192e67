import type { Locale } from "../locales";

/**
 * What is said when even the frame of the site cannot be rendered. It travels with every page, so it stands apart
 * from the other messages; which language the reader wants is not known then, so both are shown.
 */
export const lastResort: Record<Locale, { title: string; text: string; home: string }> = {
  en: {
    title: "Something went wrong on our side.",
    text: "Try again in a moment.",
    home: "To the front page",
  },
  ko: {
    title: "저희 쪽에서 문제가 생겼어요.",
    text: "잠시 뒤에 다시 해 주세요.",
    home: "첫 화면으로",
  },
};
