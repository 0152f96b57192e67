/**
 * What makes the blog this blog. Renaming it is an edit of this file; its address is the setting `APP_URL`, and
 * the colours stand in `app/globals.css` too, where a test keeps them the same.
 */
export const site = {
  name: {
    en: "Yeobaek",
    ko: "여백", // part: korean
  },
  tagline: {
    en: "Words, and the room around them.",
    ko: "글, 그리고 글이 숨 쉬는 자리.", // part: korean
  },
  description: {
    en: "A quiet blog. Yeobaek is the Korean word for the margin that gives the words their weight.",
    ko: "조용한 블로그예요. 비워 둔 자리가 글에 무게를 줘요.", // part: korean
  },
  /** Dates are shown as they are here. */
  timeZone: "Asia/Seoul",
  /** For what cannot read a style sheet: the browser's own bars, the icon, mails. */
  colors: {
    paper: { light: "#fbfaf7", dark: "#151513" },
    ink: { light: "#1c1b19", dark: "#ece9e2" },
    muted: { light: "#6a665f", dark: "#a19c92" },
    rule: { light: "#e6e2d9", dark: "#2c2b28" },
    accent: { light: "#b3301f", dark: "#f0836a" },
  },
  /** The versions of the terms and of the privacy policy that newcomers agree to; they change with the texts. */
  agreements: { terms: "2026-11-20", privacy: "2026-11-21" },
} as const;
