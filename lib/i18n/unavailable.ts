import type { Locale } from "./locales";

/**
 * The page while the database is unavailable. The server sends it without rendering a page, in every language, so it is
 * separate from the other messages.
 */
export const unavailable: Record<Locale, { title: string; text: string; sent: string; retry: string }> = {
  en: {
    title: "This blog is temporarily unavailable.",
    text: "The database does not respond. Your saved content is safe; try again in a moment.",
    sent: "The database does not respond, so nothing was saved. Go back, check that your input is still there, and send it again in a moment.",
    retry: "Try again",
  },
  // part: korean
  ko: {
    title: "지금은 블로그를 열 수 없어요.",
    text: "데이터베이스가 응답하지 않아요. 저장한 내용은 그대로 있으니 잠시 뒤에 다시 열어 주세요.",
    sent: "데이터베이스가 응답하지 않아 저장하지 못했어요. 뒤로 가면 입력한 내용이 남아 있을 거예요. 잠시 뒤에 다시 보내 주세요.",
    retry: "다시 열기",
  },
  // end of part: korean
};
