/**
 * The identity of the blog. To rename it, edit this file; its URL is the setting `APP_URL`. The colours are repeated in
 * `app/globals.css`; a test keeps the two in sync.
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
  /** The time zone of all dates on the site. */
  timeZone: "Asia/Seoul",
  /** For the browser's own bars, the icon and emails, which cannot read the style sheet. */
  colors: {
    paper: { light: "#fbfaf7", dark: "#151513" },
    ink: { light: "#1c1b19", dark: "#ece9e2" },
    muted: { light: "#6a665f", dark: "#a19c92" },
    rule: { light: "#e6e2d9", dark: "#2c2b28" },
    accent: { light: "#b3301f", dark: "#f0836a" },
  },
  /** The versions of the terms and of the privacy policy that new users agree to; change them with the texts. */
  agreements: { terms: "2026-11-20", privacy: "2026-11-21" },
} as const;
