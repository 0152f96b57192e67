import type { Locale } from "./locales";

// The error pages that are sent without rendering the site, in every language: separate from the other messages.

/** The page for a client that exceeds its rate limit. */
export const tooManyRequests: Record<Locale, { title: string; text: string }> = {
  en: {
    title: "Too many requests",
    text: "Too many requests came from your IP address. Wait a minute, then reload the page.",
  },
  // part: korean
  ko: {
    title: "요청이 너무 많아요",
    text: "같은 IP 주소에서 1분 동안 보낸 요청이 한도를 넘었어요. 1분쯤 뒤에 새로고침해 주세요.",
  },
  // end of part: korean
};

/** The page while the database is unavailable. */
export const unavailable: Record<Locale, { title: string; text: string; retry: string }> = {
  en: {
    title: "This blog is temporarily unavailable.",
    text: "The database does not respond. Your saved content is safe; try again in a moment.",
    retry: "Try again",
  },
  // part: korean
  ko: {
    title: "지금은 블로그를 열 수 없어요.",
    text: "데이터베이스가 응답하지 않아요. 저장한 내용은 그대로 있으니 잠시 뒤에 다시 열어 주세요.",
    retry: "다시 열기",
  },
  // end of part: korean
};

/** The same page as the response to a form: loading it again would send the form again. */
export const notSaved: Record<Locale, { title: string; text: string }> = {
  en: {
    title: unavailable.en.title,
    text: "The database does not respond, so nothing was saved. Go back, check that your input is still there, and send it again in a moment.",
  },
  // part: korean
  ko: {
    title: unavailable.ko.title,
    text: "데이터베이스가 응답하지 않아 저장하지 못했어요. 뒤로 가면 입력한 내용이 남아 있을 거예요. 잠시 뒤에 다시 보내 주세요.",
  },
  // end of part: korean
};
